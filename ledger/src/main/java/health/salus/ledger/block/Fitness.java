package health.salus.ledger.block;

import health.salus.ledger.contract.Contract;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.time.Instant;
import java.util.Optional;

/** Whether a transaction fits a network, a contract and a time, as both the door and the executor ask. */
public final class Fitness {
    private Fitness() {}

    /**
     * What is wrong with it, if anything, but for its signature.
     *
     * @param contract the one that it names, in the version in force; empty if there is none
     * @param time of the block
     */
    public static Optional<Refusal> check(
            Transaction transaction, String network, Optional<Contract> contract, Instant time) {
        TransactionBody body = transaction.body();
        if (transaction.passkey().isPresent()
                && contract.filter(Contract::takesPasskeys).isEmpty()) {
            return Optional.of(Refusal.MALFORMED); // as it is to nodes that do not know passkeys yet
        }
        if (!body.network().equals(network)) {
            return Optional.of(Refusal.WRONG_NETWORK);
        }
        if (!body.expires().isAfter(time)) {
            return Optional.of(Refusal.EXPIRED);
        }
        if (body.expires().isAfter(time.plus(Transaction.LONGEST_LIFE))) {
            return Optional.of(Refusal.EXPIRES_TOO_LATE);
        }
        if (contract.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_CONTRACT);
        }
        return contract.get().actions().contains(body.action())
                ? Optional.empty()
                : Optional.of(Refusal.UNKNOWN_ACTION);
    }
}
