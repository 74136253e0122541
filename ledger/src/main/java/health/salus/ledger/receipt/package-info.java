/**
 * Receipts: files that prove, offline and to somebody who trusts no node, what became of a transaction. Start with
 * {@link health.salus.ledger.receipt.Receipt}.
 */
@NullMarked
package health.salus.ledger.receipt;

import org.jspecify.annotations.NullMarked;
