/**
 * What makes a node one of several: Raft, cosignatures, and how far they are. Start with
 * {@link health.salus.node.network.Consortium}.
 */
@NullMarked
package health.salus.node.network;

import org.jspecify.annotations.NullMarked;
