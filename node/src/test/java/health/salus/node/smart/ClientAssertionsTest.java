package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.contracts.access.Passkey;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.smart.Clients.Client;
import health.salus.node.smart.TokenProblem.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientAssertionsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String TOKEN_URL = "https://node.example/city/token";
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Sha256 KID = KEY.publicKey().thumbprint();
    private static final Caller CALLER = TestCallers.outsider(KID);

    private final ClientAssertions assertions = new ClientAssertions(
            (organization, kid) -> kid.equals(KID)
                    ? Optional.of(new Client(CALLER, KEY.publicKey(), Optional.empty()))
                    : Optional.empty(),
            () -> NOON);
    private final Issuer issuer = new Issuer(
            "city",
            "https://node.example/city",
            new AccessTokens("https://node.example/city", "https://node.example/city/fhir", KEY, () -> NOON),
            new UsedAssertions(TestDatabase.inMemory(), 100));

    @Test
    void the_holder_of_a_known_key_is_recognised() throws JOSEException {
        assertThat(authenticate(signed(claims().build(), KEY))).isEqualTo(CALLER);
    }

    @Test
    void a_passkey_of_staff_signs_for_its_certificate() {
        SoftPasskey passkey = new SoftPasskey("https://clinic.example");

        ClientAssertions.Authenticated client = ofStaff(passkey).authenticate(issuer, signed(passkey));

        assertThat(client.caller()).isEqualTo(CALLER);
        assertThat(client.kid()).isEqualTo(passkey.publicKey().thumbprint());
    }

    @Test
    void a_passkey_is_asked_on_its_own_pages_only() {
        SoftPasskey passkey = new SoftPasskey("https://clinic.example");
        passkey.origin("https://evil.example");

        assertThatThrownBy(() -> ofStaff(passkey).authenticate(issuer, signed(passkey)))
                .isInstanceOfSatisfying(
                        TokenProblem.class,
                        problem -> assertThat(problem.reason()).isEqualTo(Reason.BAD_ASSERTION));
    }

    @Test
    void a_plain_key_makes_no_assertions_of_passkeys() {
        SoftPasskey passkey = new SoftPasskey("https://clinic.example");
        ClientAssertions plain = new ClientAssertions(
                (organization, kid) -> Optional.of(new Client(CALLER, passkey.publicKey(), Optional.empty())),
                () -> NOON);

        assertThatThrownBy(() -> plain.authenticate(issuer, signed(passkey)))
                .isInstanceOfSatisfying(
                        TokenProblem.class,
                        problem -> assertThat(problem.reason()).isEqualTo(Reason.BAD_ASSERTION));
    }

    private static ClientAssertions ofStaff(SoftPasskey passkey) {
        return new ClientAssertions(
                (organization, kid) -> Optional.of(
                        new Client(CALLER, passkey.publicKey(), Optional.of(new Passkey("https://clinic.example", 0)))),
                () -> NOON);
    }

    private static String signed(SoftPasskey passkey) {
        String kid = passkey.publicKey().thumbprint().base64Url();
        byte[] payload = claims().issuer(kid).subject(kid).build().toString().getBytes(StandardCharsets.UTF_8);
        byte[] input =
                CompactJws.signingInputForPasskey(payload, passkey.publicKey().thumbprint());
        return new String(CompactJws.withAssertion(input, passkey.sign(Sha256.of(input))), StandardCharsets.US_ASCII);
    }

    @Test
    void an_assertion_works_once() throws JOSEException {
        String assertion = signed(claims().build(), KEY);
        authenticate(assertion);

        refused(assertion, Reason.REPLAYED_ASSERTION);
    }

    @Test
    void only_the_key_that_the_kid_names_may_sign() throws JOSEException {
        refused(signed(claims().build(), P256PrivateKey.generate()), Reason.BAD_ASSERTION);
    }

    @Test
    void times_outside_five_minutes_are_refused() throws JOSEException {
        refused(expiring(NOON.minusSeconds(31)), Reason.EXPIRED_ASSERTION);
        refused(expiring(NOON.plusSeconds(331)), Reason.EXPIRED_ASSERTION);
        refused(signed(claims().issueTime(Date.from(NOON.plusSeconds(60))).build(), KEY), Reason.EXPIRED_ASSERTION);
        refused(signed(claims().expirationTime(null).build(), KEY), Reason.BAD_ASSERTION);
    }

    @Test
    void every_claim_must_fit() throws JOSEException {
        refused(signed(claims().audience("https://node.example/other/token").build(), KEY), Reason.BAD_ASSERTION);
        refused(signed(claims().issuer("somebody").build(), KEY), Reason.BAD_ASSERTION);
        refused(signed(claims().subject("somebody").build(), KEY), Reason.BAD_ASSERTION);
        refused(signed(claims().jwtID(null).build(), KEY), Reason.BAD_ASSERTION);
    }

    @Test
    void an_unknown_key_is_refused() throws JOSEException {
        P256PrivateKey stranger = P256PrivateKey.generate();
        String kid = stranger.publicKey().thumbprint().base64Url();
        JWTClaimsSet claims = claims().issuer(kid).subject(kid).build();

        refused(signed(claims, stranger, kid), Reason.UNKNOWN_CLIENT);
    }

    @Test
    void only_es256_is_taken() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KID.base64Url()).build(), claims().build());
        jwt.sign(new MACSigner(KEY.publicKey().bytes()));

        refused(jwt.serialize(), Reason.BAD_ASSERTION);
        refused("eyJhbGciOiJub25lIn0.e30.", Reason.BAD_ASSERTION);
        refused("", Reason.BAD_ASSERTION);
        refused("a".repeat(10_000), Reason.BAD_ASSERTION);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(KID.base64Url())
                .subject(KID.base64Url())
                .audience(TOKEN_URL)
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(NOON.plusSeconds(60)));
    }

    private static String expiring(Instant expires) throws JOSEException {
        return signed(claims().expirationTime(Date.from(expires)).build(), KEY);
    }

    private static String signed(JWTClaimsSet claims, P256PrivateKey key) throws JOSEException {
        return signed(claims, key, KID.base64Url());
    }

    private static String signed(JWTClaimsSet claims, P256PrivateKey key, String kid) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build(), claims);
        jwt.sign(new ECDSASigner(key.key(), Curve.P_256));
        return jwt.serialize();
    }

    private Caller authenticate(String assertion) {
        return assertions.authenticate(issuer, assertion).caller();
    }

    private void refused(String assertion, Reason reason) {
        assertThatThrownBy(() -> authenticate(assertion))
                .isInstanceOfSatisfying(
                        TokenProblem.class,
                        problem -> assertThat(problem.reason()).isEqualTo(reason));
    }
}
