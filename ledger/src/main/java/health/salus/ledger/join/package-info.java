/**
 * How a node that has no ledger yet, or one that is far behind, takes a verified copy of the log and a snapshot of the state
 * from another node instead of executing everything first. Begin at {@link health.salus.ledger.join.SnapshotJoin}.
 */
@NullMarked
package health.salus.ledger.join;

import org.jspecify.annotations.NullMarked;
