package health.salus.node.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.identity.P256PrivateKey;
import health.salus.node.smart.TokenProblem.Reason;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final P256PrivateKey GATEWAY = P256PrivateKey.generate();
    private static final Caller CALLER =
            TestCallers.outsider(P256PrivateKey.generate().publicKey().thumbprint());

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AccessTokens tokens = at("https://node.example/city", GATEWAY);

    @Test
    void a_token_says_whose_it_is_and_what_for() {
        AccessTokens.Accepted accepted = tokens.accept(token());

        assertThat(accepted.kid()).isEqualTo(CALLER.kid());
        assertThat(accepted.scopes().permit("Observation", 'r')).isTrue();
        assertThat(accepted.scopes().permit("Observation", 'u')).isFalse();
        assertThat(accepted.scopes().permit("Patient", 'r')).isFalse();
    }

    @Test
    void a_token_ends_after_five_minutes_also_once_accepted() {
        String token = token();
        tokens.accept(token);
        now.set(NOON.plus(AccessTokens.LIFE));

        assertThatThrownBy(() -> tokens.accept(token))
                .isInstanceOfSatisfying(
                        TokenProblem.class,
                        problem -> assertThat(problem.reason()).isEqualTo(Reason.EXPIRED_TOKEN));
    }

    @Test
    void a_token_of_another_organization_or_key_is_refused() {
        String token = token();

        refused(at("https://node.example/clinic", GATEWAY), token);
        refused(at("https://node.example/city", P256PrivateKey.generate()), token);
        refused(tokens, token.substring(0, token.length() - 4) + "AAAA");
        refused(tokens, "");
        refused(tokens, "a.b.c");
    }

    @Test
    void a_jwt_of_another_type_is_refused() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token()).getJWTClaimsSet();

        tokens.accept(signed(new JOSEObjectType("at+jwt"), claims));
        refused(tokens, signed(JOSEObjectType.JWT, claims));
        refused(tokens, signed(null, claims));
    }

    private static String signed(@Nullable JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).build(), claims);
        jwt.sign(new ECDSASigner(GATEWAY.key(), Curve.P_256));
        return jwt.serialize();
    }

    private String token() {
        return tokens.issue(
                CALLER.kid(), CALLER, SmartScopes.grantable(CALLER, "system/Observation.cruds patient/*.rs"));
    }

    private AccessTokens at(String issuer, P256PrivateKey key) {
        return new AccessTokens(issuer, issuer + "/fhir", key, now::get);
    }

    private static void refused(AccessTokens tokens, String token) {
        assertThatThrownBy(() -> tokens.accept(token)).isInstanceOf(TokenProblem.class);
    }
}
