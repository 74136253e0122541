/** Receipts: files that prove, without a network, what became of a transaction. */
@NullMarked
package health.salus.cli.receipt;

import org.jspecify.annotations.NullMarked;
