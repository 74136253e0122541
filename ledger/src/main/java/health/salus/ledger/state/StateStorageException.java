package health.salus.ledger.state;

/** The state could not be read or written, for example because the disk is full. A retry after a reopening is safe. */
public final class StateStorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateStorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
