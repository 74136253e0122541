package health.salus.cli.demo;

import health.salus.contracts.NetworkRules;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.ledger.verify.Verification.Finding;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogReader;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignatureVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An exported ledger: files that anybody can copy and check with nothing but the log's key.
 *
 * @param directory with {@code checkpoint} and {@code tile/}
 */
record LedgerCopy(Path directory, SignatureVerifier logKey) {
    /**
     * Executes it from its first entry.
     *
     * @param scratch a new directory to do that in
     */
    Verification verify(Path scratch) {
        try {
            return new LedgerVerifier(open(), NetworkRules.rules(), scratch, 2, Progress.NONE).verify();
        } catch (CorruptLogException e) {
            return new Verification.Damaged(List.of(new Finding("log", String.valueOf(e.getMessage()))));
        }
    }

    /** The log in it. */
    LogReader open() {
        return LogReader.open(TileSource.directory(directory), logKey.name(), logKey);
    }

    /** Flips the lowest bit of the byte in the middle of the largest bundle of entries. @return which byte of which file */
    String flip() throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(directory.resolve("tile/entries"))) {
            file = files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(path -> path.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        int position = bytes.length / 2;
        bytes[position] ^= 1;
        Files.write(file, bytes);
        return "the lowest bit of byte " + position + " of " + directory.relativize(file);
    }
}
