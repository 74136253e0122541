package health.salus.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a database's password is: the configuration file names the place, never the password. */
public final class PasswordSource {
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    private PasswordSource() {}

    /**
     * Reads the password.
     *
     * @param source {@code file:<path>}, the file's first line, or {@code env:<name>}, an environment variable
     * @throws IllegalArgumentException if there is none
     */
    public static String read(String source, Map<String, String> environment) {
        String password = "";
        if (source.startsWith(FILE)) {
            password = firstLine(Path.of(source.substring(FILE.length())));
        } else if (source.startsWith(ENVIRONMENT)) {
            password = environment.getOrDefault(source.substring(ENVIRONMENT.length()), "");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "no database password (expected: file:<path> with one in its first line, or env:<name> that is set)");
        }
        return password;
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("no database password: " + file + " can't be read", e);
        }
    }
}
