package health.salus.fhir;

/** Bytes that are no FHIR JSON within our limits. The message never repeats content: it may name a person. */
public final class FhirJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What was wrong. */
    public enum Reason {
        /** Not JSON (RFC 8259), or cut short, or followed by more. */
        MALFORMED,
        /** An object has two members of one name. */
        DUPLICATE_NAME,
        /** More bytes than {@link FhirJson#MAX_BYTES}, or one string longer than that. */
        TOO_LARGE,
        /** Nested deeper than {@link FhirJson#MAX_DEPTH}. */
        TOO_DEEP,
        /** A number of more than {@link FhirJson#MAX_DIGITS} digits when its exponent is expanded. */
        NUMBER_TOO_LONG,
        /** A string with half of a surrogate pair, which UTF-8 cannot say. */
        LONE_SURROGATE,
        /** JSON, but not an object with a {@code resourceType}. */
        NOT_A_RESOURCE,
        /** XML that HAPI's parser does not read as a resource of R4. */
        MALFORMED_XML
    }

    /** @param message what was found where and what was expected, without content */
    public FhirJsonException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What was wrong, for the caller's own answer. */
    public Reason reason() {
        return reason;
    }
}
