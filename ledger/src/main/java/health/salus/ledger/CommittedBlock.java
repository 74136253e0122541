package health.salus.ledger;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.contract.Event;
import java.util.List;

/**
 * A block that is durable.
 *
 * @param events one list for each candidate
 */
record CommittedBlock(BlockHeader header, List<Candidate> candidates, List<List<Event>> events) {}
