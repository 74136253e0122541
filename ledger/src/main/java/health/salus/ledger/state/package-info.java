/**
 * The world state: every version of every value, and the sparse Merkle map whose root goes into block headers.
 * {@link health.salus.ledger.state.VersionedState} is where to start; {@link health.salus.ledger.state.StateProof} is
 * what somebody without the state checks.
 *
 * <p>The state is derived: the log can always rebuild it, so it is written without a log of its own and may lie behind
 * after a crash, at an exact earlier height.
 */
@NullMarked
package health.salus.ledger.state;

import org.jspecify.annotations.NullMarked;
