package health.salus.cli.client;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.Signer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What a client shows to get an access token: SMART App Launch 2.0 "Backend Services", {@code private_key_jwt}. */
public final class ClientAssertion {
    private static final Duration LIFE = Duration.ofMinutes(4);
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ClientAssertion() {}

    /**
     * The body of a token request, {@code application/x-www-form-urlencoded}.
     *
     * @param scope SMART scopes to ask for, separated by spaces
     */
    public static String form(Signer signer, String scope, URI tokenUrl) {
        return "grant_type=client_credentials&scope=" + encoded(scope) + "&client_assertion_type=" + encoded(TYPE)
                + "&client_assertion=" + jwt(signer, tokenUrl);
    }

    private static String jwt(Signer signer, URI tokenUrl) {
        String kid = signer.kid().base64Url();
        JsonObject header = JsonObject.builder()
                .put("alg", "ES256")
                .put("kid", kid)
                .put("typ", "JWT")
                .build();
        JsonObject claims = JsonObject.builder()
                .put("iss", kid)
                .put("sub", kid)
                .put("aud", tokenUrl.toString())
                .put("exp", Instant.now().plus(LIFE).getEpochSecond())
                .put("jti", Handle.random().value())
                .build();
        String input = base64Url(header.canonical()) + "." + base64Url(claims.canonical());
        Sha256 digest = Sha256.of(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64Url(signer.key().sign(digest).bytes());
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
