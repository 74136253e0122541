package health.salus.node.records;

/** The store of seals can't be read or written, or doesn't belong to its log. A retry is safe: keeping is idempotent. */
public final class RecordStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordStoreException(String message) {
        super(message);
    }

    RecordStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
