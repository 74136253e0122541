package health.salus.cli.option;

import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that open one key store. */
public final class KeyStoreOptions {
    @Option(names = "--keystore", required = true, paramLabel = "FILE", description = "Key store (PKCS #12).")
    private @Nullable Path file;

    @Mixin
    private final PasswordOptions password = new PasswordOptions();

    /** The key store. */
    public KeyStoreFile open() {
        return KeyStoreFile.open(file(), password.password());
    }

    /** The key store, made anew and empty where there is none. */
    public KeyStoreFile openOrCreate() {
        return file().toFile().exists() ? open() : KeyStoreFile.create(file(), password.password());
    }

    /** Its password. */
    public KeyStorePassword password() {
        return password.password();
    }

    /** Where it is. */
    public Path file() {
        return Objects.requireNonNull(file); // picocli demands the option
    }
}
