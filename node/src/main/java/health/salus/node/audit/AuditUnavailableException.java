package health.salus.node.audit;

/** The audit event could not be made durable, so nothing may be disclosed. A retry can help after a restart. */
public final class AuditUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditUnavailableException() {
        super("audit trail can't be written");
    }
}
