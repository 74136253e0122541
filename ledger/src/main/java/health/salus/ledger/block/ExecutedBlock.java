package health.salus.ledger.block;

import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.state.BlockChanges;
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
        Optional<WitnessSet> witnesses) {}
