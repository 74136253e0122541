package health.salus.ledger.block;

import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import java.util.Optional;

/** A transaction that a block will hold, read once and perhaps already verified. */
public sealed interface Candidate {
    /**
     * One that could be read.
     *
     * @param verified the key that is known to have signed it; empty: nobody has looked
     */
    record Parsed(Transaction transaction, Optional<P256PublicKey> verified) implements Candidate {
        @Override
        public byte[] jws() {
            return transaction.jws();
        }

        @Override
        public Optional<Sha256> id() {
            return Optional.of(transaction.id());
        }
    }

    /** One that could not; it will be rejected for this reason. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unreadable(byte[] jws, Refusal reason) implements Candidate {
        @Override
        public Optional<Sha256> id() {
            return Optional.empty();
        }
    }

    /** The text as it is, or will be, in the log. */
    byte[] jws();

    /** The transaction's id, if it could be read. */
    Optional<Sha256> id();

    /** Reads it; a key is not verified yet. */
    static Candidate of(byte[] jws) {
        try {
            return new Parsed(Transaction.parse(jws), Optional.empty());
        } catch (TransactionException e) {
            return new Unreadable(jws, e.refusal());
        }
    }
}
