package health.salus.ledger.block;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.state.BlockChanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of executing a block.
 *
 * @param rejections by position in the block
 * @param events one list for each transaction, empty where it was rejected
 * @param witnesses whose cosignatures the next blocks need, where this block changes that
 */
public record ExecutedBlock(
        BlockChanges changes,
        SortedMap<Integer, RejectionCode> rejections,
        List<List<Event>> events,
        Optional<WitnessSet> witnesses) {
    /**
     * The header that ends it in the log.
     *
     * @param state root after it
     * @param previous entry that ends the block before; for the first block, the genesis
     */
    public BlockHeader header(Instant time, Sha256 state, byte[] previous) {
        return new BlockHeader(
                changes.height(),
                changes.first(),
                changes.transactions().size(),
                time,
                rejections,
                state,
                Sha256.of(previous),
                witnesses);
    }
}
