package health.salus.ledger.contract;

/** An argument that does not fit its contract's schema; the transaction is rejected as {@code invalid-argument}. */
public final class InvalidArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Code of the rejection. */
    public static final RejectionCode CODE = new RejectionCode("invalid-argument");

    /** @param message which argument, and what was expected; never its value */
    public InvalidArgumentException(String message) {
        super(message);
    }
}
