package health.salus.identity;

import java.security.MessageDigest;
import java.util.Arrays;

/** Secret bytes other than P-256 keys, such as the text of a log's signing key. Prints its length only. Immutable. */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. @throws IllegalArgumentException if there are none */
    public static Secret of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("secret of 0 bytes (expected: 1 or more)");
        }
        return new Secret(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares in time that depends on the length only. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length. */
    @Override
    public String toString() {
        return "secret of " + bytes.length + " bytes";
    }
}
