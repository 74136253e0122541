package health.salus.node.requester;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Claims of a client assertion, {@code private_key_jwt} (RFC 7523 §3): who asks whom for a token, once, within minutes. */
public final class AssertionClaims {
    private static final Duration LIFE = Duration.ofMinutes(4);

    private AssertionClaims() {}

    /**
     * Canonical JSON, to be signed.
     *
     * @param kid of the key that signs
     * @param tokenEndpoint where it is shown
     */
    public static byte[] of(Sha256 kid, URI tokenEndpoint, Instant now) {
        return JsonObject.builder()
                .put("iss", kid.base64Url())
                .put("sub", kid.base64Url())
                .put("aud", tokenEndpoint.toString())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("jti", Handle.random().value())
                .build()
                .canonical();
    }
}
