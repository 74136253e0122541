package health.salus.ledger.block;

import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.time.Instant;
import java.util.Optional;

/** Whether a transaction fits a network and a time, as both the door and the executor ask. */
public final class Fitness {
    private Fitness() {}

    /** What is wrong with it at {@code time}, if anything. */
    public static Optional<Refusal> check(TransactionBody body, String network, Instant time) {
        if (!body.network().equals(network)) {
            return Optional.of(Refusal.WRONG_NETWORK);
        }
        if (!body.expires().isAfter(time)) {
            return Optional.of(Refusal.EXPIRED);
        }
        if (body.expires().isAfter(time.plus(Transaction.LONGEST_LIFE))) {
            return Optional.of(Refusal.EXPIRES_TOO_LATE);
        }
        return Optional.empty();
    }
}
