/**
 * Receipts of record-log entries as FHIR Provenance, for whoever wants them by FHIR's means. Start at
 * {@link health.salus.fhir.provenance.VersionReceipt}.
 */
@NullMarked
package health.salus.fhir.provenance;

import org.jspecify.annotations.NullMarked;
