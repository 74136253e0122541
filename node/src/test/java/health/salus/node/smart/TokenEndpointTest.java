package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.node.smart.TokenProblem.Reason;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String BASE = "https://node.example/city";
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Sha256 KID = KEY.publicKey().thumbprint();

    private final AccessTokens tokens = new AccessTokens(BASE, BASE + "/fhir", P256PrivateKey.generate(), () -> NOON);
    private final Issuer issuer = new Issuer("city", BASE, tokens, new UsedAssertions(TestDatabase.inMemory(), 100));
    private final TokenEndpoint endpoint = new TokenEndpoint(
            (organization, kid) ->
                    Optional.of(new Clients.Client(TestCallers.outsider(KID), KEY.publicKey(), Optional.empty())),
            () -> NOON);

    @Test
    void another_member_gets_a_token_for_reading_whatever_it_asks_for() throws JOSEException {
        TokenEndpoint.Issued issued = endpoint.issue(issuer, form("scope", "system/*.cruds"));

        assertThat(issued.scope()).isEqualTo("system/*.rs");
        SmartScopes scopes = tokens.accept(issued.accessToken()).scopes();
        assertThat(scopes.permit("Observation", 'r')).isTrue();
        assertThat(scopes.permit("Observation", 'c')).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient/*.rs", "system/*.cud", "openid", "*"})
    void nobody_gets_a_token_for_nothing(String scope) throws JOSEException {
        refused(form("scope", scope), Reason.INVALID_SCOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "authorization_code", "refresh_token", "implicit", "Client_Credentials"})
    void there_is_one_grant_type(String type) throws JOSEException {
        refused(form("grant_type", type), Reason.UNSUPPORTED_GRANT_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_assertion_type", "client_assertion", "scope"})
    void every_parameter_must_be_there(String name) throws JOSEException {
        refused(form(name, ""), Reason.INVALID_REQUEST);
    }

    private void refused(Map<String, String> form, Reason reason) {
        assertThatExceptionOfType(TokenProblem.class)
                .isThrownBy(() -> endpoint.issue(issuer, form))
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo(reason));
    }

    /** What is asked usually, with one value changed. */
    private static Map<String, String> form(String changed, String value) throws JOSEException {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion(),
                "scope",
                "system/*.rs"));
        form.put(changed, value);
        return form;
    }

    private static String assertion() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KID.base64Url()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(KID.base64Url())
                        .subject(KID.base64Url())
                        .audience(BASE + "/token")
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(NOON.plusSeconds(60)))
                        .build());
        jwt.sign(new ECDSASigner(KEY.key(), Curve.P_256));
        return jwt.serialize();
    }
}
