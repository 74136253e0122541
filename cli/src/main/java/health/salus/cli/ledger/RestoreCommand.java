package health.salus.cli.ledger;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus restore} */
@Command(
        name = "restore",
        description = "Make a ledger's directory of a snapshot; 'salus verify' then checks it from the first entry.",
        footer = "salus restore backup/ledger-2027-03-01 data/ledger")
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "Directory that 'salus snapshot' made.")
    private @Nullable Path snapshot;

    @Parameters(index = "1", paramLabel = "DIR", description = "New directory for the ledger.")
    private @Nullable Path target;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path from = Objects.requireNonNull(snapshot); // picocli demands both
        Path to = Objects.requireNonNull(target);
        if (!Files.isDirectory(from.resolve("log"))) {
            throw new NoSuchFileException(from.resolve("log").toString());
        }
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Ledger.restore(from, to);
        output.show(
                JsonObject.builder().put("ledger", to.toString()).build(),
                "restored " + from + " to " + to + "; check it with 'salus verify " + to + " --log-key FILE'");
        return ExitCode.OK.number();
    }
}
