package health.salus.node.audit;

/** A journal that isn't what was written to it. Nothing was changed; a retry can't help. */
public final class CorruptAuditJournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptAuditJournalException(String message) {
        super(message);
    }
}
