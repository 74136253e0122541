package health.salus.foundation;

/** Text that is not the JSON asked for. The message never repeats content: it may name a person. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean notCanonical;

    /** @param message what is wrong, where, and what was expected; no content */
    public JsonException(String message) {
        this(message, false);
    }

    JsonException(String message, boolean notCanonical) {
        super(message);
        this.notCanonical = notCanonical;
    }

    /** Whether the text says something readable, though not in its canonical form. */
    public boolean notCanonical() {
        return notCanonical;
    }
}
