/**
 * Who saw what, when and why: one IHE BALP AuditEvent for every request by somebody outside the organization, durable
 * before its answer leaves. Begin with {@link health.salus.node.audit.AuditTrail}.
 */
@NullMarked
package health.salus.node.audit;

import org.jspecify.annotations.NullMarked;
