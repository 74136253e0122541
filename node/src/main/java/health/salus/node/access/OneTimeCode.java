package health.salus.node.access;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/** Codes that are given to people in the fragment of an address: 128 random bits each. Only their digests are kept. */
public final class OneTimeCode {
    /** How long a code is good. */
    public static final Duration LIFE = Duration.ofDays(7);

    private static final int BYTES = 16;

    private OneTimeCode() {}

    /** A new one, in base64url. */
    public static String next(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the database has of a code, so that who reads it can't use one. */
    public static String digest(String code) {
        return Sha256.of(code.getBytes(StandardCharsets.UTF_8)).base64Url();
    }
}
