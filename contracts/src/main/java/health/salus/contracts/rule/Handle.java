package health.salus.contracts.rule;

import health.salus.ledger.contract.Arguments;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random name of 128 bits: of a patient at one custodian, of a grant, of an emergency access.
 *
 * @param value 22 characters of base64url, without stray bits
 */
public record Handle(String value) {
    private static final int BYTES = 16;

    public Handle {
        if (!Arguments.HANDLE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "handle of " + value.length() + " characters (expected: 16 bytes in base64url, 22 characters)");
        }
    }

    /** A new handle. */
    public static Handle random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Handle(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Reads an argument. @throws health.salus.ledger.contract.InvalidArgumentException unless it is a handle */
    public static Handle read(Arguments arguments, String name) {
        return new Handle(arguments.handle(name));
    }

    /** Its 22 characters. */
    @Override
    public String toString() {
        return value;
    }
}
