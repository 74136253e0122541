/**
 * When a block is final: covered by a checkpoint that enough members cosigned. Start with
 * {@link health.salus.ledger.finality.Finality}.
 */
@NullMarked
package health.salus.ledger.finality;

import org.jspecify.annotations.NullMarked;
