/**
 * What an organization of this node asks of others: it finds custodians by the ledger, delivers to them what the ledger has
 * commitments to, and reads what it may. {@link health.salus.node.requester.CustodianClient} talks to one of them,
 * {@link health.salus.node.requester.Requester} keeps what was asked.
 */
@NullMarked
package health.salus.node.requester;

import org.jspecify.annotations.NullMarked;
