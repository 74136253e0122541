package health.salus.cli.console;

import java.io.PrintWriter;
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
        CommandException known = Translation.of(failure);
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
}
