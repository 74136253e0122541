package health.salus.fhir.seal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * 32 random bytes that make a commitment unguessable. Kept beside the resource version, shown to whoever is shown the
 * version, destroyed with it. Immutable, compares in constant time, prints only its length.
 */
public final class Salt {
    /** Length in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new one. */
    public static Salt random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    /** The salt that {@code bytes} already are. @throws IllegalArgumentException unless there are 32 */
    public static Salt ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("salt of " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
        return new Salt(bytes.clone());
    }

    /** Reads unpadded base64url (RFC 4648 §5), 43 characters. @throws IllegalArgumentException for anything else */
    public static Salt ofBase64Url(String text) {
        Salt salt = ofBytes(Base64.getUrlDecoder().decode(text));
        if (!salt.base64Url().equals(text)) { // the decoder passes over padding and stray low bits
            throw new IllegalArgumentException("salt that is not in its one spelling");
        }
        return salt;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Unpadded base64url, 43 characters. */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "salt of " + BYTES + " bytes";
    }
}
