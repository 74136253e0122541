package health.salus.cli.client;

/** A gateway that answered no. The message says which status and what the gateway says about it, on one line. */
public final class GatewayRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    GatewayRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
