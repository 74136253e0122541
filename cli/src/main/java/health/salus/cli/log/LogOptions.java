package health.salus.cli.log;

import health.salus.cli.client.HttpTiles;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.ledger.verify.FinalityProof;
import health.salus.tlog.LogReader;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignatureVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mix-in of commands that read a log: where it is, and the key that must have signed it. */
public final class LogOptions {
    @Option(
            names = "--log",
            required = true,
            paramLabel = "DIR|URL",
            description = "The log: a directory with its checkpoint and tiles, or the URL under which they are served.")
    private @Nullable String log;

    @Option(
            names = "--log-key",
            required = true,
            paramLabel = "KEY|FILE",
            description = "Verification key of the log, name+id+key, or a file whose first line it is.")
    private @Nullable String key;

    /** The log at its published checkpoint, which the key signed. */
    public LogReader open() throws IOException {
        SignatureVerifier verifier = LogKey.read(Objects.requireNonNull(key)); // picocli demands both
        return LogReader.open(source(Objects.requireNonNull(log)), verifier.name(), verifier);
    }

    /** What the same place says of how far {@code ledger} is final; empty where it says nothing, as of a log of records. */
    public Optional<FinalityProof> finality(LogReader ledger) throws IOException {
        String place = Objects.requireNonNull(log);
        if (isUrl(place)) {
            return ServedHandovers.of(source(place), ledger);
        }
        Path dir = Path.of(place);
        boolean ofNode = dir.endsWith("log") && !Files.exists(dir.resolve("finality"));
        Path parent = dir.toAbsolutePath().getParent();
        return FinalityProof.read(ofNode && parent != null ? parent : dir);
    }

    private static boolean isUrl(String log) {
        return log.startsWith("http://") || log.startsWith("https://");
    }

    private static TileSource source(String log) throws IOException {
        if (isUrl(log)) {
            return new HttpTiles(URI.create(log));
        }
        Path dir = Path.of(log);
        if (!Files.isDirectory(dir)) {
            throw new NoSuchFileException(log);
        }
        return TileSource.directory(dir);
    }

    /** @throws CommandException unless the log has an entry {@code index} */
    static void requireIndex(long index, LogReader log) {
        if (index < 0 || index >= log.head().size()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no entry " + index + " (expected: 0 to " + (log.head().size() - 1) + ")");
        }
    }
}
