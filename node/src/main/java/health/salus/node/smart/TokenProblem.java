package health.salus.node.smart;

/**
 * Why no token was issued, or why one isn't accepted. Has no stack trace, since it is an answer; the text is safe to
 * show.
 */
public final class TokenProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Typed reasons; {@link #error} is the code of RFC 6749 §5.2 or RFC 6750 §3.1. */
    public enum Reason {
        /** A parameter is missing or malformed. */
        INVALID_REQUEST("invalid_request", 400),
        /** Another grant type than {@code client_credentials}. */
        UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
        /** None of the requested scopes can be had. */
        INVALID_SCOPE("invalid_scope", 400),
        /** The assertion isn't a JWT of the expected shape, or its signature doesn't verify. */
        BAD_ASSERTION("invalid_client", 401),
        /** The ledger knows no such key, or no longer. */
        UNKNOWN_CLIENT("invalid_client", 401),
        /** The assertion's time is over, or lies too far ahead. */
        EXPIRED_ASSERTION("invalid_client", 401),
        /** The assertion was used before. */
        REPLAYED_ASSERTION("invalid_client", 401),
        /** No access token, or not one of ours. */
        BAD_TOKEN("invalid_token", 401),
        /** The access token's time is over. */
        EXPIRED_TOKEN("invalid_token", 401),
        /** The TLS client certificate isn't the one that the token is bound to. */
        NOT_BOUND("invalid_token", 401);

        private final String error;
        private final int status;

        Reason(String error, int status) {
            this.error = error;
            this.status = status;
        }

        /** OAuth 2.0 error code. */
        public String error() {
            return error;
        }

        /** HTTP status. */
        public int status() {
            return status;
        }
    }

    private final Reason reason;

    TokenProblem(Reason reason, String description) {
        super(description, null, false, false);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong, safe to show. */
    public String description() {
        return String.valueOf(getMessage());
    }
}
