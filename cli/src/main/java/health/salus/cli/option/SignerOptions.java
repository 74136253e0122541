package health.salus.cli.option;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.identity.Credential;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.Signer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that sign: the key store, and which of its keys. */
public final class SignerOptions {
    @Mixin
    private final KeyStoreOptions keyStore = new KeyStoreOptions();

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description =
                    "Alias of the key, or handle of the patient whose key it is; needed if the store has several.")
    private @Nullable String name;

    /** The key. @throws CommandException if the store has none of that name, or several and no name is given */
    public KeyEntry entry() {
        List<KeyEntry> all = KeyEntry.of(keyStore.open());
        List<KeyEntry> meant = all.stream()
                .filter(entry -> name == null || entry.name().equals(name))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String names = all.isEmpty() ? "none" : all.stream().map(KeyEntry::name).collect(Collectors.joining(", "));
        throw unusable(
                meant.isEmpty()
                        ? "has no such key (it has: " + names + ")"
                        : "has several; choose with --key: " + names);
    }

    /** Password of the key store. */
    public KeyStorePassword password() {
        return keyStore.password();
    }

    /** The key, whosever it is. @throws CommandException as {@link #entry} */
    public Signer signer() {
        return entry().signer();
    }

    /** A certificate's key. @throws CommandException as {@link #entry}, or if it is a patient's */
    public Credential credential() {
        if (signer() instanceof Credential credential) {
            return credential;
        }
        throw unusable("holds a patient's key there (expected: one with a certificate)");
    }

    private CommandException unusable(String why) {
        return new CommandException(ExitCode.USAGE, "key store " + keyStore.file() + " " + why);
    }
}
