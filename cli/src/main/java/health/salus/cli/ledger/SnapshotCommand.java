package health.salus.cli.ledger;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.KeyStoreOptions;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.KeyStoreFile;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus snapshot} */
@Command(
        name = "snapshot",
        description = "Keep a copy of the ledger of a node that is stopped; on the same disk its files are hard links.",
        footer = "salus snapshot backup/ledger-2027-03-01 --ledger data/ledger --keystore hospital/node.p12 "
                + "--password-file hospital/password")
public final class SnapshotCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "New directory for the copy.")
    private @Nullable Path target;

    @Option(names = "--ledger", required = true, paramLabel = "DIR", description = "Directory of the ledger.")
    private @Nullable Path ledger;

    @Mixin
    private final KeyStoreOptions keyStore = new KeyStoreOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path from = Objects.requireNonNull(ledger); // picocli demands both
        Path to = Objects.requireNonNull(target);
        if (!Files.isDirectory(from.resolve("log"))) {
            throw new NoSuchFileException(from.resolve("log").toString());
        }
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        try (Ledger open = Ledger.open(from, signer(keyStore.open()), NetworkRules.rules(), LedgerOptions.DEFAULT)) {
            open.snapshot(to);
            output.show(
                    JsonObject.builder()
                            .put("network", open.network())
                            .put("height", open.height())
                            .put("snapshot", to.toString())
                            .build(),
                    "kept network " + open.network() + " at height " + open.height() + " in " + to);
        }
        return ExitCode.OK.number();
    }

    private NoteSigner signer(KeyStoreFile keys) {
        return keys.aliases().stream()
                .filter(alias -> alias.startsWith("ledger-"))
                .findFirst()
                .flatMap(keys::secret)
                .map(secret -> NoteSigner.parse(new String(secret.bytes(), StandardCharsets.US_ASCII)))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "key store " + keyStore.file() + " has no key of a ledger's log (expected: the node's)"));
    }
}
