package health.salus.node.pages;

import health.salus.node.smart.Clients;
import java.time.Duration;
import java.time.Instant;

/** Somebody who has signed in to pages of an organization. */
public interface PageSession {
    /** Longest session, however busy. */
    Duration LONGEST = Duration.ofHours(8);

    /** Longest silence in a session. */
    Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    /** Whose pages; the session counts for nothing at another's. */
    String organization();

    /** Which pages: those of {@link SignedInPages} with the same area. */
    String area();

    /** When they signed in. */
    Instant began();

    /** Whether the ledger has what they signed in with in force. */
    boolean isInForce(Clients clients);

    /** Whether it has lasted too long. */
    default boolean isOver(Instant now) {
        return !now.isBefore(began().plus(LONGEST));
    }
}
