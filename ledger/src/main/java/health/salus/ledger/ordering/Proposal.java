package health.salus.ledger.ordering;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import java.time.Instant;
import java.util.List;

/**
 * Transactions that a node wants to be one block. An ordering that sends it to other nodes sends the time in milliseconds
 * and each {@link Candidate#jws}, and never believes another node about a verified key.
 *
 * @param time the proposing node's clock, whole milliseconds
 * @param candidates 1 to {@value BlockHeader#MAX_TRANSACTIONS}
 */
public record Proposal(Instant time, List<Candidate> candidates) {
    public Proposal {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > BlockHeader.MAX_TRANSACTIONS) {
            throw new IllegalArgumentException(
                    candidates.size() + " transactions (expected: 1 to " + BlockHeader.MAX_TRANSACTIONS + ")");
        }
    }
}
