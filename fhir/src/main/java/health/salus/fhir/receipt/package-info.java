/**
 * Receipts of record versions: files that prove, offline and to somebody who trusts neither the organization nor a node,
 * that a version was committed to, and by when. Start with {@link health.salus.fhir.receipt.RecordReceipt}.
 */
@NullMarked
package health.salus.fhir.receipt;

import org.jspecify.annotations.NullMarked;
