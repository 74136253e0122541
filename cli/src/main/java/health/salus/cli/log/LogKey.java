package health.salus.cli.log;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.tlog.note.SignatureVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a log's verification key: as text, {@code name+id+base64}, or from the first line of a file. */
public final class LogKey {
    private LogKey() {}

    /** Reads it. @throws CommandException if it is none */
    public static SignatureVerifier read(String textOrFile) throws IOException {
        String text = textOrFile.contains("+")
                ? textOrFile
                : Files.readString(Path.of(textOrFile)).lines().findFirst().orElse("");
        try {
            return SignatureVerifier.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "log key that cannot be used: " + e.getMessage() + " (expected: name+id+key)", e);
        }
    }
}
