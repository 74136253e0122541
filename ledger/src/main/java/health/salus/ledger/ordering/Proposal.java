package health.salus.ledger.ordering;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.tlog.note.SignedNote;
import java.time.Instant;
import java.util.List;

/**
 * Transactions that a node wants to be one block. An ordering that sends it to other nodes sends {@link BatchCodec}'s
 * bytes, which leave out verified keys: nobody believes another node about those.
 *
 * @param time the proposing node's clock, whole milliseconds
 * @param clocks checkpoints of this log with cosignatures of members, whose times show that {@code time} is not ahead; at
 *     most {@value #MAX_CLOCKS}; empty where the network has no witnesses
 * @param candidates 1 to {@value BlockHeader#MAX_TRANSACTIONS}
 */
public record Proposal(Instant time, List<SignedNote> clocks, List<Candidate> candidates) {
    /** Most checkpoints that show the time. */
    public static final int MAX_CLOCKS = 64;

    public Proposal {
        clocks = List.copyOf(clocks);
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()
                || candidates.size() > BlockHeader.MAX_TRANSACTIONS
                || clocks.size() > MAX_CLOCKS
                || time.toEpochMilli() < 0) {
            throw new IllegalArgumentException(candidates.size() + " transactions and " + clocks.size()
                    + " clocks (expected: 1 to " + BlockHeader.MAX_TRANSACTIONS + ", at most " + MAX_CLOCKS + ")");
        }
    }

    /** A proposal whose time nothing shows, as one node alone makes it. */
    public Proposal(Instant time, List<Candidate> candidates) {
        this(time, List.of(), candidates);
    }
}
