package health.salus.identity;

/** Bytes that are not a {@link CompactJws}. The message never repeats content. A retry cannot help. */
public final class JwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    JwsException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** The rules, in the order in which they are checked. */
    public enum Reason {
        /** Longer than the reader allows. */
        TOO_LARGE,
        /** Not three parts, or a part that is not unpadded base64url in its one spelling. */
        MALFORMED,
        /** A header other than the one that is allowed. */
        WRONG_HEADER,
        /** A signature with r or s out of range, or with the higher s. */
        BAD_SIGNATURE
    }
}
