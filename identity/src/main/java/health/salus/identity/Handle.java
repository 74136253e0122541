package health.salus.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Random pseudonym on the ledger, of a patient at one custodian, a record or a device. Derived from nothing, so that
 * nothing can be learned from it (45 CFR 164.514(c)).
 *
 * @param value 16 random bytes in unpadded base64url (RFC 4648 §5), 22 characters; case matters
 */
public record Handle(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int CHARS = 22;

    public Handle {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length != CHARS
                || !isBase64Url(text)) { // unchecked input may name a person: keep it out of the message
            throw new IllegalArgumentException(
                    "handle of " + value.length() + " characters (expected: 22 of base64url, 16 bytes)");
        }
    }

    /** A new one from the operating system's random source. */
    public static Handle random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    static Handle of(byte[] bytes) {
        return new Handle(Base64Url.encodeToString(bytes));
    }

    byte[] bytes() {
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        return Base64Url.decode(text, 0, text.length);
    }

    /** The 22 characters. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isBase64Url(byte[] text) {
        try {
            return Base64Url.decode(text, 0, text.length).length == BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
