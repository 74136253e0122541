/**
 * Talks to a node over HTTP: {@link health.salus.cli.client.NodeClient} submits transactions and reads state, receipts
 * and the log. What a node answers is checked where it can be (proofs, signatures), so that it need not be believed.
 */
@NullMarked
package health.salus.cli.client;

import org.jspecify.annotations.NullMarked;
