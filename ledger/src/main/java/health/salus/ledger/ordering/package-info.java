/**
 * What decides the sequence of batches: the port {@link health.salus.ledger.ordering.Ordering} and the implementation for
 * one node. Executing and proving are the ledger's business, so that an ordering need not be trusted with either.
 */
@NullMarked
package health.salus.ledger.ordering;

import org.jspecify.annotations.NullMarked;
