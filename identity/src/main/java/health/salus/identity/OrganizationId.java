package health.salus.identity;

import java.util.regex.Pattern;

/** How an organization is called on the ledger, in its certificates, and in addresses: the one rule for all of them. */
public final class OrganizationId {
    /** What an id looks like, for messages. */
    public static final String EXPECTED = "2 to 32 of a-z 0-9 -, a letter first";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,31}");

    private OrganizationId() {}

    /** Whether {@code text} may be an organization's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
