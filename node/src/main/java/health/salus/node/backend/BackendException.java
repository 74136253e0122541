package health.salus.node.backend;

/** The FHIR server gave no answer. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known of the request. */
    public enum Effect {
        /** The server never got it: a retry is safe. */
        NONE,
        /** The server may have done it: only reading tells. */
        UNKNOWN
    }

    private final Effect effect;

    public BackendException(Effect effect, String message) {
        super(message);
        this.effect = effect;
    }

    public BackendException(Effect effect, String message, Throwable cause) {
        super(message, cause);
        this.effect = effect;
    }

    /** Whether the request may have had its effect. */
    public Effect effect() {
        return effect;
    }
}
