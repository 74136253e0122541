/**
 * Blocks: batches of transactions applied together. {@link health.salus.ledger.block.BlockHeader} is what the log keeps
 * of one, {@link health.salus.ledger.block.BlockExecutor} computes it, {@link health.salus.ledger.block.Entry} tells the
 * kinds of log entries apart.
 */
@NullMarked
package health.salus.ledger.block;

import org.jspecify.annotations.NullMarked;
