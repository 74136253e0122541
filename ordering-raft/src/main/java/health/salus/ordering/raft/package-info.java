/**
 * Ordering for several nodes: the port {@link health.salus.ledger.ordering.Ordering} on Raft, by Apache Ratis. Start reading
 * at {@link health.salus.ordering.raft.RaftOrdering}; {@code docs/adr/0010-raft-by-apache-ratis.md} says why it is so.
 *
 * <p>Ratis tells much at level INFO, and at WARN and ERROR what is a passing state here, such as a peer that isn't
 * reachable. Levels that leave what an operator can use:
 *
 * <pre>
 * org.apache.ratis                                WARN
 * org.apache.ratis.grpc                           ERROR
 * org.apache.ratis.server.impl.LeaderElection     OFF
 * org.apache.ratis.util                           ERROR
 * org.apache.ratis.thirdparty                     ERROR
 * </pre>
 */
@NullMarked
package health.salus.ordering.raft;

import org.jspecify.annotations.NullMarked;
