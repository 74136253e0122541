package health.salus.ledger.block;

import health.salus.foundation.Sha256;
import health.salus.ledger.LedgerDamagedException;
import health.salus.ledger.state.VersionedState;
import java.time.Instant;
import java.util.List;

/**
 * Brings a state up to a log: executes the next block of the log and compares everything that its header says. Not
 * thread-safe.
 */
public final class BlockReplayer {
    private final BlockExecutor executor;
    private final VersionedState state;
    private Instant lastTime;
    private Sha256 lastEntry;

    /**
     * Begins where {@code state} is.
     *
     * @param last entry of the header at the state's height; where nothing is applied yet, the genesis entry
     */
    public BlockReplayer(BlockExecutor executor, VersionedState state, byte[] last) {
        this.executor = executor;
        this.state = state;
        this.lastEntry = Sha256.of(last);
        this.lastTime =
                Entry.decode(last) instanceof Entry.BlockEntry(BlockHeader header) ? header.time() : Instant.EPOCH;
    }

    /**
     * Executes the block at height 0.
     *
     * @throws LedgerDamagedException if {@code header} is not its header
     */
    public void genesis(Genesis genesis, BlockHeader header) {
        apply(executor.genesis(genesis), header);
    }

    /**
     * Executes the next block.
     *
     * @throws LedgerDamagedException if {@code header} is not its header; the state is as before
     */
    public void block(List<Candidate> candidates, BlockHeader header, SignatureCheck signatures) {
        if (header.time().isBefore(lastTime)) {
            throw damaged(header, "time runs backwards");
        }
        ExecutedBlock executed = executor.execute(
                header.height(),
                state.size(),
                header.time(),
                candidates,
                state.latest(),
                ids -> state.applied(ids, state.size()),
                signatures);
        apply(executed, header);
    }

    private void apply(ExecutedBlock executed, BlockHeader header) {
        if (header.height() != state.height() + 1) {
            throw damaged(header, "height " + (state.height() + 1) + " was expected");
        }
        if (header.first() != executed.changes().first()
                || header.count() != executed.changes().transactions().size()) {
            throw damaged(header, "it covers other entries than those before it");
        }
        if (!header.previous().equals(lastEntry)) {
            throw damaged(header, "it does not follow the header before");
        }
        if (!header.rejections().equals(executed.rejections())) {
            throw damaged(header, "executing its transactions has other outcomes");
        }
        if (!header.witnesses().equals(executed.witnesses())) {
            throw damaged(header, "executing its transactions ends with other witnesses");
        }
        Sha256 root = state.prepare(executed.changes());
        if (!header.state().equals(root)) {
            state.rollback();
            throw damaged(header, "executing its transactions ends in another state root");
        }
        state.commit();
        lastEntry = Sha256.of(header.entry());
        lastTime = header.time();
    }

    private static LedgerDamagedException damaged(BlockHeader header, String what) {
        return new LedgerDamagedException(
                "block " + header.height() + " (header at entry " + header.index() + "): " + what);
    }
}
