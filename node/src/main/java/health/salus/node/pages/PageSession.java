package health.salus.node.pages;

import health.salus.foundation.Sha256;
import health.salus.node.smart.Clients;
import java.time.Duration;
import java.time.Instant;

/** Somebody who has signed in to pages of an organization. */
public interface PageSession {
    /** Longest session, however busy. */
    Duration LONGEST = Duration.ofHours(8);

    /** Longest silence in a session. */
    Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    /** How long a sign-in proves that it is still the same person. */
    Duration RECENT = Duration.ofMinutes(5);

    /** What somebody signs in with. */
    enum WayIn {
        /** A passkey, with its user verified. */
        PASSKEY,
        /** The certificate of the TLS connection. */
        CERTIFICATE
    }

    /** Whose pages; the session counts for nothing at another's. */
    String organization();

    /** Which pages: those of {@link SignedInPages} with the same area. */
    String area();

    /** Whose it is: a patient's handle, or the id of a guardian's key or of a certificate. */
    String holder();

    /** Id of the passkey or certificate that signed in. */
    Sha256 kid();

    /** What it is that signed in. */
    default WayIn wayIn() {
        return WayIn.PASSKEY;
    }

    /** When they signed in. */
    Instant began();

    /** Whether the ledger has what they signed in with in force. */
    boolean isInForce(Clients clients);

    /** Whether it has lasted too long. */
    default boolean isOver(Instant now) {
        return !now.isBefore(began().plus(LONGEST));
    }

    /** Whether they signed in just now. */
    default boolean isRecent(Instant now) {
        return now.isBefore(began().plus(RECENT));
    }

    /** Whether it is of the same person, at the same pages. */
    default boolean isOfSame(PageSession other) {
        return organization().equals(other.organization())
                && area().equals(other.area())
                && holder().equals(other.holder());
    }
}
