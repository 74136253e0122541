/**
 * A consortium of real processes under faults. {@link health.salus.ordering.raft.fault.Consortium} starts the nodes and
 * breaks things, {@link health.salus.ordering.raft.fault.Load} submits and keeps what it was answered,
 * {@link health.salus.ordering.raft.fault.Audit} compares that with what the nodes have in the end.
 */
@NullMarked
package health.salus.ordering.raft.fault;

import org.jspecify.annotations.NullMarked;
