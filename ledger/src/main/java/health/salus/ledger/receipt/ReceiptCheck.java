package health.salus.ledger.receipt;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.RejectionCode;
import health.salus.tlog.note.Checkpoint;
import java.time.Instant;
import java.util.Optional;

/** What checking a receipt found. */
public sealed interface ReceiptCheck {
    /**
     * The network executed the transaction with this outcome.
     *
     * @param transaction id of the transaction
     * @param index of its entry in the log
     * @param height of its block
     * @param time of its block
     * @param rejection why it was rejected; empty: it was accepted
     * @param checkpoint that covers both, as trusted signers state it
     */
    record Verified(
            Sha256 transaction,
            long index,
            long height,
            Instant time,
            Optional<RejectionCode> rejection,
            Checkpoint checkpoint)
            implements ReceiptCheck {}

    /** The receipt shows nothing; {@code reason} is one line without content of the receipt. */
    record Refused(String reason) implements ReceiptCheck {}

    /** Whether the receipt shows what it claims. */
    default boolean isVerified() {
        return this instanceof Verified;
    }
}
