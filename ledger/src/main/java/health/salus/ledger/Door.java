package health.salus.ledger;

import health.salus.identity.P256PublicKey;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Fitness;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks transactions before they are ordered, so that the log holds few that will be rejected and nobody fills it with
 * rubbish. Execution does not rely on it. Thread-safe.
 */
final class Door {
    /** What the door makes of a transaction. */
    sealed interface Answer {
        record Admitted(Candidate.Parsed candidate) implements Answer {}

        record Refused(Refusal reason) implements Answer {}
    }

    private final String network;
    private final Rules rules;

    Door(String network, Rules rules) {
        this.network = network;
        this.rules = rules;
    }

    /** Reads a transaction. @throws TransactionException if it is none */
    static Transaction read(byte[] jws) {
        return Transaction.parse(jws);
    }

    /**
     * Checks a transaction against the state before the next block.
     *
     * @param height of the next block
     * @param time no earlier than that of the last block
     */
    Answer check(Transaction transaction, StateView state, long height, Instant time) {
        Optional<Contract> contract = rules.inForce(state, transaction.body().contract(), height);
        Optional<Refusal> unfit = Fitness.check(transaction, network, contract, time);
        if (unfit.isPresent()) {
            return new Answer.Refused(unfit.get());
        }
        Optional<P256PublicKey> key = rules.keys().find(state, transaction.signer(), time);
        if (key.isEmpty()) {
            return new Answer.Refused(Refusal.UNKNOWN_KEY);
        }
        return transaction.isSignedBy(key.get())
                ? new Answer.Admitted(new Candidate.Parsed(transaction, key))
                : new Answer.Refused(Refusal.BAD_SIGNATURE);
    }
}
