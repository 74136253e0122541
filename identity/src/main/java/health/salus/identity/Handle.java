package health.salus.identity;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Random pseudonym on the ledger, of a patient at one custodian, a grant, an emergency access. Derived from nothing, so
 * that nothing can be learned from it (45 CFR 164.514(c)).
 *
 * <p>Hexadecimal digits need neither the other case nor an underscore nor a hyphen in front. So a handle is at the same
 * time an id of a FHIR resource ({@code Patient/<handle>}), an alias in a PKCS #12 key store, a file name on any system,
 * and a word that no command takes for an option.
 *
 * @param value 16 random bytes in lower-case hexadecimal, 32 digits
 */
public record Handle(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    public Handle {
        if (!isHandle(value)) { // unchecked input may name a person: keep it out of the message
            throw new IllegalArgumentException(
                    "handle of " + value.length() + " characters (expected: 32 of 0-9 a-f, 16 bytes)");
        }
    }

    /** A new one from the operating system's random source. */
    public static Handle random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Handle(HexFormat.of().formatHex(bytes));
    }

    /** Whether {@code text} is spelled as a handle. */
    public static boolean isHandle(String text) {
        if (text.length() != 2 * BYTES) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) { // every transaction asks several times
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The 32 digits. */
    @Override
    public String toString() {
        return value;
    }
}
