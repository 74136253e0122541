package health.salus.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The password of a key store, from a file or the environment so that it is in no command line. Never prints. */
public final class KeyStorePassword {
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final int MAX_BYTES = 1_024;

    private final char[] characters;

    private KeyStorePassword(char[] characters) {
        this.characters = characters;
    }

    /** A copy of {@code characters}. @throws IllegalArgumentException if there are none */
    public static KeyStorePassword of(char[] characters) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("key store password of 0 characters (expected: 1 or more)");
        }
        return new KeyStorePassword(characters.clone());
    }

    /**
     * Reads the password from where {@code source} says.
     *
     * @param source {@code file:<path>}, the file's first line in UTF-8, or {@code env:<name>}, an environment variable
     * @param environment the process's environment
     * @throws IllegalArgumentException if there is none, or the source is of neither form
     */
    public static KeyStorePassword from(String source, Map<String, String> environment) {
        if (source.startsWith(FILE)) {
            return ofFile(Path.of(source.substring(FILE.length())));
        }
        if (source.startsWith(ENVIRONMENT)) {
            String name = source.substring(ENVIRONMENT.length());
            @Nullable String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(
                        "no key store password: environment variable " + name + " is not set");
            }
            return of(value.toCharArray());
        }
        throw new IllegalArgumentException(
                "source of a key store password in an unknown form (expected: file:<path> or env:<name>)");
    }

    /** The first line of a file in UTF-8. @throws IllegalArgumentException if it cannot be read or is empty */
    public static KeyStorePassword ofFile(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "no key store password: " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            String line = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty()) {
                throw new IllegalArgumentException("no key store password: " + file + " begins with an empty line");
            }
            return of(line.toCharArray());
        } catch (IOException e) {
            throw new IllegalArgumentException("no key store password: " + file + " cannot be read", e);
        }
    }

    char[] characters() {
        return characters.clone();
    }

    /** Nothing about the password. */
    @Override
    public String toString() {
        return "key store password";
    }
}
