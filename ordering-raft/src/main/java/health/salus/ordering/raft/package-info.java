/**
 * Ordering for several nodes: the port {@link health.salus.ledger.ordering.Ordering} on Raft, by Apache Ratis. Start reading
 * at {@link health.salus.ordering.raft.RaftOrdering}; {@code docs/adr/0010-raft-by-apache-ratis.md} says why it is so.
 *
 * <p>Ratis tells much at level INFO, and at WARN and ERROR what is a passing state here, such as a peer that isn't
 * reachable. What an operator should know is logged by this package. Levels that fit:
 *
 * <pre>
 * org.apache.ratis                             ERROR
 * org.apache.ratis.grpc                        OFF
 * org.apache.ratis.server.RaftServer$Division    OFF
 * </pre>
 */
@NullMarked
package health.salus.ordering.raft;

import org.jspecify.annotations.NullMarked;
