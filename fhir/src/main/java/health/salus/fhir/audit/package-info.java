/**
 * Audit events: who did or was refused what, as FHIR R4 AuditEvents in the shapes of IHE Basic Audit Log Patterns (BALP)
 * 1.1.3. Start at {@link health.salus.fhir.audit.AuditEvents}.
 */
@NullMarked
package health.salus.fhir.audit;

import org.jspecify.annotations.NullMarked;
