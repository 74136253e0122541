package health.salus.ledger.ordering;

/** No batch can be ordered for now, for instance because too few nodes are reachable; nothing was done, trying again is safe. */
public final class OrderingUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OrderingUnavailableException(String message) {
        super(message);
    }

    public OrderingUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
