package health.salus.node.portal;

import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.time.Duration;
import java.time.Instant;

/**
 * A patient, or who acts for one, signed in with a passkey.
 *
 * @param organization custodian whose portal it is
 * @param patient whose records are seen
 * @param kid key on the ledger; it signs what this person decides
 * @param credential id of the passkey at its authenticator, base64url
 * @param began when they signed in
 */
record PatientSession(String organization, Handle patient, Sha256 kid, String credential, Instant began) {
    /** Longest session, however busy. */
    static final Duration LONGEST = Duration.ofHours(8);

    /** Longest silence in a session. */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    boolean isOver(Instant now) {
        return !now.isBefore(began.plus(LONGEST));
    }
}
