/**
 * The ledger: one log of signed transactions and the world state that contracts derive from it.
 * {@link health.salus.ledger.Ledger} is where to start.
 *
 * <p>The log is the truth and the only thing that must not be lost. A block is committed by one append to it: its
 * transactions and its header. The state lies beside it and can be rebuilt from it at any time.
 */
@NullMarked
package health.salus.ledger;

import org.jspecify.annotations.NullMarked;
