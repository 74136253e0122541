package health.salus.node.requester;

import java.time.Instant;

/**
 * What opens a custodian's doors for a while (RFC 6749 §1.4). Prints without its value.
 *
 * @param expires when it stops working, exclusive
 */
public record AccessToken(String value, Instant expires) {
    /** When it stops working. */
    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]";
    }
}
