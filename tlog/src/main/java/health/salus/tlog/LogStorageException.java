package health.salus.tlog;

import java.io.IOException;

/** The disk refused to read or write, for example because it is full. What was acknowledged before is not affected. */
public final class LogStorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What became of the operation, and what to do next. */
    public enum Outcome {
        /** Nothing was done; the same call may be repeated once the disk works again. */
        NOTHING_DONE,
        /** The entries may or may not be in the log: open it again and look at its head. */
        UNKNOWN
    }

    private final Outcome outcome;

    LogStorageException(String what, Outcome outcome, IOException cause) {
        super(
                what + ": " + cause.getMessage()
                        + (outcome == Outcome.UNKNOWN
                                ? "; the outcome is unknown, open the log again and look at its head"
                                : "; nothing was done, retry once the disk works again"),
                cause);
        this.outcome = outcome;
    }

    /** What became of the operation. */
    public Outcome outcome() {
        return outcome;
    }
}
