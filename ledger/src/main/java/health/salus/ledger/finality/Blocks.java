package health.salus.ledger.finality;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.contract.StateView;
import health.salus.tlog.ReadableLog;

/** What finality needs of a ledger: blocks that are durable on this node. Thread-safe. */
public interface Blocks {
    /** The log. */
    ReadableLog log();

    /** Header of the last block. */
    BlockHeader last();

    /** Header of the block at {@code height}. @throws IllegalArgumentException if there is none yet */
    BlockHeader header(long height);

    /** The first height whose state is there; it was final when the ledger began with it. */
    long first();

    /**
     * The state after the block at {@code height}.
     *
     * @throws IllegalArgumentException if there is none yet
     * @throws health.salus.ledger.state.StateNotKeptException if it is before {@link #first}
     */
    StateView state(long height);
}
