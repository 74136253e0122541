package health.salus.ledger.contract;

import java.util.regex.Pattern;

/**
 * Typed reason of a rejection, safe to show and stored in the block header.
 *
 * @param value {@code [a-z][a-z0-9-]{0,39}}, for example {@code grant-expired}
 */
public record RejectionCode(String value) {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public RejectionCode {
        if (!CODE.matcher(value).matches()) {
            throw new IllegalArgumentException("rejection code " + value + " (expected: " + CODE + ")");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
