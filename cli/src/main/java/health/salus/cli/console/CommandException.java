package health.salus.cli.console;

import org.jspecify.annotations.Nullable;

/** A command that cannot go on for a reason its user can act upon. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode how the process ends
     * @param message one line: what, found, expected, next step; no secrets, nothing personal
     */
    public CommandException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** As {@link #CommandException(ExitCode, String)}; {@code --verbose} shows {@code cause} as well. */
    public CommandException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
