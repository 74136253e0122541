package health.salus.ledger;

import health.salus.ledger.verify.FinalityProof;
import health.salus.ledger.verify.Progress;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.TilePath;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a log as static files (c2sp.org/tlog-tiles). Every tile is verified as it is read. */
public final class LogExport {
    private LogExport() {}

    /**
     * Writes the log as its checkpoint states it.
     *
     * @param finality what shows how far it is final; empty: it is no ledger's, or nothing is
     * @param target must not exist
     * @param progress told how many entries are written; the tiles of hashes that follow are few
     */
    public static void write(ReadableLog log, Optional<FinalityProof> finality, Path target, Progress progress) {
        SignedNote checkpoint = log.checkpoint();
        long size = Checkpoint.parse(checkpoint.text()).size();
        try {
            Files.createDirectory(target);
            writeLevel(log, TilePath.ENTRIES, size, target, progress);
            int level = 0;
            for (long nodes = size; nodes > 0; nodes /= TilePath.FULL) {
                writeLevel(log, level++, nodes, target, Progress.NONE);
            }
            if (finality.isPresent()) {
                finality.get().write(target);
            }
            write(
                    target.resolve("checkpoint"),
                    checkpoint.encode().getBytes(StandardCharsets.UTF_8)); // last: now it is whole
        } catch (IOException e) {
            throw new UncheckedIOException("cannot export to " + target, e);
        }
    }

    private static void writeLevel(ReadableLog log, int level, long nodes, Path target, Progress progress)
            throws IOException {
        for (long tile = 0; tile * TilePath.FULL < nodes; tile++) {
            int width = (int) Math.min(TilePath.FULL, nodes - tile * TilePath.FULL);
            String path = new TilePath(level, tile, width).toString();
            byte[] content =
                    log.tile(path).orElseThrow(() -> new LedgerDamagedException("log file " + path + " is missing"));
            write(target.resolve(path), content);
            progress.at(tile * TilePath.FULL + width, nodes);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
