package health.salus.ledger;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.transaction.Refusal;
import java.time.Duration;
import java.util.Optional;

/** What became of a transaction that was submitted. */
public sealed interface Submission {
    /**
     * It is in the log, durably.
     *
     * @param height of its block
     * @param index of its entry in the log
     * @param rejection why it was rejected there; empty: it was accepted
     */
    record Committed(Sha256 id, long height, long index, Optional<RejectionCode> rejection) implements Submission {
        /** Whether the state changed as it asks. */
        public boolean isAccepted() {
            return rejection.isEmpty();
        }
    }

    /**
     * It was not taken in; nothing of it is in the log.
     *
     * @param retryAfter when the same one may be accepted, if ever
     */
    record Refused(Refusal reason, Optional<Duration> retryAfter) implements Submission {
        private static final Duration PAUSE = Duration.ofSeconds(1);

        static Refused of(Refusal reason) {
            return new Refused(reason, reason.retrySafe() ? Optional.of(PAUSE) : Optional.empty());
        }
    }

    /**
     * The node failed in between: it may be in the log or not. Look its id up later, or submit the same one again; it
     * cannot be executed twice.
     */
    record Unknown(Sha256 id) implements Submission {}
}
