package health.salus.node.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The hospital, which issues tokens, and a clinician of another member, who asks for one. */
final class TestIssuer {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String BASE = "https://node.example/city";
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Sha256 KID = KEY.publicKey().thumbprint();

    final Issuer issuer = new Issuer(
            "city",
            BASE,
            new AccessTokens(BASE, BASE + "/fhir", P256PrivateKey.generate(), () -> NOON),
            new UsedAssertions(TestDatabase.inMemory(), 100));
    final TokenEndpoint endpoint = new TokenEndpoint(
            (organization, kid) ->
                    Optional.of(new Clients.Client(TestCallers.outsider(KID), KEY.publicKey(), Optional.empty())),
            () -> NOON);

    TokenEndpoint.Issued issue(Map<String, String> form) {
        return endpoint.issue(issuer, form);
    }

    /** What is asked usually, with one value changed. */
    static Map<String, String> form(String changed, String value) throws JOSEException {
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
