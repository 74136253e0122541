package health.salus.tlog;

import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log in the directory that {@link TileLog} writes, as it lies there while nobody writes: closed, or left by a process
 * that was killed. Needs only the public key, or other word of whoever vouches for it, and changes nothing in the directory.
 *
 * <p>Reads what opening the log for writing would find: the journals are replayed over the tiles, each is checked against
 * the other and against the signed checkpoint, and an unfinished frame at the end is passed over, since nobody was told
 * that it is durable. Tiles that a crash kept from the disk are held in memory, at most what the journals hold. Nobody
 * can open the log for writing before this is closed. Thread-safe.
 */
public final class StoppedLog extends EdgeLog implements Closeable {
    private static final int CACHED_TILES = 256;

    private final String origin;
    private final Closeable lock;
    private final RightEdge edge;
    private final LogView view;
    private final @Nullable SignedNote checkpoint;

    private StoppedLog(Path directory, String origin, Optional<SignatureVerifier> key, Closeable lock)
            throws IOException {
        this.origin = origin;
        this.lock = lock;
        Map<String, byte[]> missing = new HashMap<>();
        TileSource files = TileSource.directory(directory);
        TiledTree tree = new TiledTree(
                path -> {
                    byte[] content = missing.get(path);
                    return content != null ? Optional.of(content) : files.read(path);
                },
                CACHED_TILES);
        this.view = new LogView(tree);
        Recovery recovery = new Recovery(directory, origin, (path, content) -> missing.put(path.toString(), content));
        List<Long> starts = Journal.starts(directory);
        recovery.run(starts);
        this.edge = recovery.edge();
        this.checkpoint = recovery.checkCheckpoint(key, tree).orElse(null);
    }

    /** Whether {@code directory} is one that a log is written in, rather than an export. */
    public static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(Journal.DIRECTORY)) || Files.exists(directory.resolve(LogLock.FILE));
    }

    /**
     * Reads the checkpoint, the edge of the tree and all journals; the caller closes it.
     *
     * @param origin the log that is expected
     * @param key by which its checkpoint must be signed
     * @throws LogLockedException if it is open elsewhere
     * @throws CorruptLogException if what is stored is not what was written
     * @throws LogStorageException if the directory cannot be read
     */
    public static StoppedLog open(Path directory, String origin, SignatureVerifier key) {
        return open(directory, origin, Optional.of(key));
    }

    /**
     * As {@link #open(Path, String, SignatureVerifier)}, without looking at who signed its checkpoint: for a caller who
     * compares the tree with a checkpoint that others vouch for.
     */
    public static StoppedLog open(Path directory, String origin) {
        return open(directory, origin, Optional.empty());
    }

    private static StoppedLog open(Path directory, String origin, Optional<SignatureVerifier> key) {
        try {
            Path lockFile = directory.resolve(LogLock.FILE);
            // whoever writes creates the file first; a copy may be without
            Closeable lock = Files.exists(lockFile) ? LogLock.shared(lockFile) : () -> {};
            if (lock == null) {
                throw new LogLockedException(directory);
            }
            try {
                return new StoppedLog(directory, origin, key, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LogStorageException(
                    "cannot read the log in " + directory, LogStorageException.Outcome.NOTHING_DONE, e);
        }
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public SignedNote checkpoint() {
        if (checkpoint == null) {
            throw new IllegalStateException("the log has not published a checkpoint yet");
        }
        return checkpoint;
    }

    @Override
    LogView view() {
        return view;
    }

    @Override
    RightEdge edge() {
        return edge;
    }

    /** Lets others open the log again; reading goes on to work. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LogStorageException(
                    "cannot give up the lock of the log " + origin, LogStorageException.Outcome.NOTHING_DONE, e);
        }
    }
}
