package health.salus.foundation;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4 §6.2): 32 bytes, compared by content. Immutable.
 *
 * <p>{@link #toString} is lower-case hexadecimal. Digests order as unsigned bytes.
 */
public final class Sha256 implements Comparable<Sha256> {
    /** Length of a digest in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Digest of the concatenation of {@code parts}. */
    public static Sha256 of(byte[]... parts) {
        MessageDigest digest = CryptoProvider.sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Sha256(digest.digest());
    }

    /** The digest that {@code bytes} already are. @throws IllegalArgumentException unless there are 32 */
    public static Sha256 ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("digest of " + bytes.length + " bytes (expected: 32)");
        }
        return new Sha256(bytes.clone());
    }

    /** Reads 64 hexadecimal digits of either case. @throws IllegalArgumentException for anything else */
    public static Sha256 ofHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("digest of " + hex.length() + " hexadecimal digits (expected: 64)");
        }
        return new Sha256(HexFormat.of().parseHex(hex));
    }

    /** Reads unpadded base64url (RFC 4648 §5), 43 characters. @throws IllegalArgumentException for anything else */
    public static Sha256 ofBase64Url(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES || !base64Url(bytes).equals(text)) { // also refuses padding and stray low bits
            throw new IllegalArgumentException("not a digest in base64url (expected: 43 characters, no padding)");
        }
        return new Sha256(bytes);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Copies the 32 bytes into {@code target} from {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    /** Unpadded base64url (RFC 4648 §5), 43 characters. */
    public String base64Url() {
        return base64Url(bytes);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public int compareTo(Sha256 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
