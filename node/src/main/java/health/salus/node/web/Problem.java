package health.salus.node.web;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not done, told to the client as RFC 9457 says. FHIR doors tell it as an OperationOutcome.
 *
 * @see ProblemWriter
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable Duration pause;

    private Problem(int status, String code, String detail, @Nullable Duration pause) {
        super(detail, null, false, false); // expected: no stack trace to pay for
        this.status = status;
        this.code = code;
        this.pause = pause;
    }

    /**
     * A problem.
     *
     * @param status HTTP status, 400 to 599
     * @param code stable name for programs, for example {@code too-large}
     * @param detail for people; safe to show to anybody
     */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, null);
    }

    /** The same request may succeed then. */
    public Problem retryAfter(Duration after) {
        return new Problem(status, code, detail(), after);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Stable name for programs. */
    public String code() {
        return code;
    }

    /** For people. */
    public String detail() {
        String detail = getMessage();
        return detail == null ? code : detail;
    }

    /** When a retry makes sense, if ever. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(pause);
    }
}
