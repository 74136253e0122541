package health.salus.contracts.access;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * What the ledger holds of the justification of an emergency access: SHA-256(ASCII {@code salus-justification-v1}, a zero
 * byte, salt of 32 random bytes, text in UTF-8). Text and salt stay with the organization.
 */
public record JustificationCommitment(Sha256 digest) {
    private static final int SALT_BYTES = 32;
    private static final byte[] DOMAIN = "salus-justification-v1\0".getBytes(StandardCharsets.US_ASCII);

    /** Commits to {@code text}. @throws IllegalArgumentException unless the salt has 32 bytes */
    public static JustificationCommitment of(byte[] salt, String text) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes (expected: 32)");
        }
        return new JustificationCommitment(Sha256.of(DOMAIN, salt, text.getBytes(StandardCharsets.UTF_8)));
    }
}
