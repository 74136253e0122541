/**
 * Transactions: signed requests to a contract. {@link health.salus.ledger.transaction.Transaction} is one that was read,
 * {@link health.salus.ledger.transaction.TransactionBody} what a client signs.
 */
@NullMarked
package health.salus.ledger.transaction;

import org.jspecify.annotations.NullMarked;
