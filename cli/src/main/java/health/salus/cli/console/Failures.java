package health.salus.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one line on standard error and an exit code; the only place that does. {@code --verbose}
 * adds the stack trace.
 */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final CommonOptions options;

    /** @param options tell whether {@code --verbose} was given */
    public Failures(CommonOptions options) {
        this.options = options;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        CommandException known = translate(failure);
        say(command, known.getMessage());
        if (options.verbose()) {
            failure.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return known.exitCode().number();
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        say(
                command,
                failure.getMessage() + suggestions(failure) + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE.number();
    }

    private static String suggestions(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)"
                : "";
    }

    private static void say(CommandLine command, @Nullable String message) {
        PrintWriter err = command.getErr();
        String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; ");
        err.println(command.getColorScheme().errorText("salus: " + line));
        err.flush();
    }

    private static CommandException translate(Exception failure) {
        return switch (failure) {
            case CommandException known -> known;
            case NoSuchFileException missing -> usage("no such file: " + missing.getFile(), missing);
            case FileAlreadyExistsException there ->
                usage(there.getFile() + " already exists; choose another name", there);
            case AccessDeniedException denied -> usage("not allowed to use " + denied.getFile(), denied);
            case HttpTimeoutException late ->
                new CommandException(ExitCode.UNAVAILABLE, "the node did not answer in time; try again", late);
            case ConnectException refused ->
                new CommandException(
                        ExitCode.UNAVAILABLE, "no node answers there; is it running? ('salus node')", refused);
            case IOException io ->
                new CommandException(ExitCode.UNAVAILABLE, "reading or writing failed: " + reason(io), io);
            default ->
                new CommandException(
                        ExitCode.FAULT,
                        "unexpected " + reason(failure) + "; run again with --verbose and report what it prints",
                        failure);
        };
    }

    private static CommandException usage(String message, Exception cause) {
        return new CommandException(ExitCode.USAGE, message, cause);
    }

    private static String reason(Exception failure) {
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + " (" + failure.getMessage() + ")";
    }
}
