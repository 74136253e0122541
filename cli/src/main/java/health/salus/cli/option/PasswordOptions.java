package health.salus.cli.option;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.identity.KeyStorePassword;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mix-in of commands that open or make key stores: where the password is, which no option can hold itself. */
public final class PasswordOptions {
    /** Environment variable with the password, for where there is no file. */
    public static final String VARIABLE = "SALUS_PASSWORD";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the key stores' password; without it, the environment variable "
                    + VARIABLE + " is used.")
    private @Nullable Path file;

    /** Where the password is, as a node's configuration says it: {@code file:<path>} or {@code env:<name>}. */
    public String source() {
        return file != null ? "file:" + file.toAbsolutePath() : "env:" + VARIABLE;
    }

    /** The password. @throws CommandException if there is none */
    public KeyStorePassword password() {
        try {
            return KeyStorePassword.from(source(), System.getenv());
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, e.getMessage() + "; name a file with --password-file or set " + VARIABLE, e);
        }
    }
}
