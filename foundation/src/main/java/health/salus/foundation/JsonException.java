package health.salus.foundation;

/** Text that is not the JSON asked for. The message never repeats content: it may name a person. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what was expected; no content */
    public JsonException(String message) {
        super(message);
    }
}
