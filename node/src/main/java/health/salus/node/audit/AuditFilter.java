package health.salus.node.audit;

import java.time.Instant;

/**
 * Which of a patient's audit records are wanted.
 *
 * @param requester organization that asked; empty for any
 * @param withoutOwn whether what the patient's own keys asked is left out
 * @param from earliest time
 * @param until latest time, exclusive
 */
public record AuditFilter(String requester, boolean withoutOwn, Instant from, Instant until) {
    /** All. */
    public static final AuditFilter ALL =
            new AuditFilter("", false, Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));
}
