package health.salus.identity;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an organization vouches for when it certifies a key.
 *
 * @param name common name, 1 to 64 characters; stays in the certificate, which never goes on the ledger
 * @param role the holder's role
 * @param attributes codes, each 1 to 32 of a-z 0-9 - with a letter first, such as {@code clinician}
 * @param validity how long from now, 1 second or more
 */
public record Enrollment(String name, Role role, SortedSet<String> attributes, Duration validity) {
    private static final int MAX_NAME = 64; // ub-common-name of RFC 5280 appendix A.1

    /** @throws IllegalArgumentException for a value outside its bounds */
    public Enrollment {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name of " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        if (validity.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("validity: " + validity + " (expected: PT1S or more)");
        }
        attributes.forEach(AttributeExtension::requireCode);
        attributes = Collections.unmodifiableSortedSet(new TreeSet<>(attributes));
    }

    /** The same with attributes in any order. */
    public static Enrollment of(String name, Role role, Set<String> attributes, Duration validity) {
        return new Enrollment(name, role, new TreeSet<>(attributes), validity);
    }

    /** The role only: the name may be a person's. */
    @Override
    public String toString() {
        return "enrollment as " + role.organizationalUnit();
    }
}
