package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.LogStorageException.Outcome;
import health.salus.tlog.merkle.Frontier;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable transparency log in one directory: one process writes, any number of threads read.
 *
 * <p>An append writes its entries and the resulting root to a journal and forces that once; then it is durable. Tiles that
 * became full are written after that, without forcing. When the journal has reached its size a new one begins, and in
 * the background the tiles are forced, partial tiles and {@code checkpoint} are written, and the old journal is deleted.
 * So the directory can be served by any web server; {@link #publish} and {@link #close} bring it up to date.
 *
 * <p>Opening replays the journals over the tiles and checks each against the other and against the signed checkpoint.
 * An unfinished frame at the end of the last journal is cut, since nobody was told that it is durable. Memory doesn't
 * grow with the log. All methods are thread-safe; appends run one at a time.
 */
public final class TileLog extends EdgeLog implements Closeable {
    /** Longest entry, in bytes; the shortest has 1. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    /** Most bytes that one append takes, with 2 for each entry. */
    public static final int MAX_APPEND_BYTES = 1 << 29;

    /**
     * Settings with defaults that suit most logs.
     *
     * @param journalBytes when a new journal begins; opening replays up to twice as much
     * @param cachedTiles verified hash tiles kept in memory, 16 KiB each
     */
    public record Options(long journalBytes, int cachedTiles) {
        /** 64 MiB of journal, 1,024 tiles. */
        public static final Options DEFAULT = new Options(64L << 20, 1024);

        public Options {
            if (journalBytes < 1 || cachedTiles < 0) {
                throw new IllegalArgumentException("journal of " + journalBytes + " bytes, " + cachedTiles
                        + " cached tiles (expected: at least 1 and 0)");
            }
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(TileLog.class);

    private final Disk disk;
    private final Path directory;
    private final String origin;
    private final NoteSigner signer;
    private final Options options;
    private final Closeable lock;
    private final Publication publication;
    private final Map<String, byte[]> unwritten = new ConcurrentHashMap<>(); // full tiles not on the disk yet
    private final TiledTree tree;
    private final LogView view;
    private final ReentrantLock writing = new ReentrantLock();

    private volatile RightEdge edge; // what readers see: durable
    private volatile @Nullable SignedNote checkpoint; // of the head that it names
    private Frontier frontier; // guarded by writing, as all below
    private Journal journal;
    private RightEdge sealed; // at the beginning of the journal
    private byte[] frame = new byte[0];
    private @Nullable IOException broken;
    private boolean closed;

    /**
     * Opens the log in a directory, or begins one in a directory that is empty or missing.
     *
     * @param origin name of the log, the first line of its checkpoints
     * @param signer signs checkpoints; its name is the origin, and those in the directory must be by the same key
     * @throws IllegalArgumentException if the signer has another name
     * @throws LogLockedException if it is open for writing already
     * @throws CorruptLogException if what is stored is not what was written
     * @throws LogStorageException if the disk cannot be read or written
     */
    public static TileLog open(Path directory, String origin, NoteSigner signer, Options options) {
        Executor background =
                task -> Thread.ofPlatform().daemon().name("tlog-publisher").start(task);
        return open(directory, origin, signer, options, new LocalDisk(), background);
    }

    /** Opens with {@link Options#DEFAULT}. */
    public static TileLog open(Path directory, String origin, NoteSigner signer) {
        return open(directory, origin, signer, Options.DEFAULT);
    }

    static TileLog open(
            Path directory, String origin, NoteSigner signer, Options options, Disk disk, Executor background) {
        if (!signer.verifier().name().equals(origin)) { // or nobody could tell from the key which log it speaks for
            throw new IllegalArgumentException(
                    "key of " + signer.verifier().name() + " for the log " + origin + " (expected: the same name)");
        }
        try {
            disk.createDirectories(directory.resolve(Journal.DIRECTORY));
            Closeable lock = disk.lock(directory.resolve(LogLock.FILE));
            if (lock == null) {
                throw new LogLockedException(directory);
            }
            try {
                return new TileLog(directory, origin, signer, options, disk, background, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LogStorageException("cannot open the log in " + directory, Outcome.NOTHING_DONE, e);
        }
    }

    private TileLog(
            Path directory,
            String origin,
            NoteSigner signer,
            Options options,
            Disk disk,
            Executor background,
            Closeable lock)
            throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.origin = origin;
        this.signer = signer;
        this.options = options;
        this.lock = lock;
        TileSource files = TileSource.directory(directory);
        this.tree = new TiledTree(
                path -> {
                    byte[] content = unwritten.get(path);
                    return content != null ? Optional.of(content) : files.read(path);
                },
                options.cachedTiles());
        this.view = new LogView(tree);
        Publisher publisher = new Publisher(disk, directory, origin, signer);

        List<Long> starts = Journal.starts(directory);
        if (starts.isEmpty()) {
            publication = new Publication(publisher, background, 0);
            disk.forceDirectory(directory);
            frontier = new Frontier();
            journal = Journal.create(disk, directory, origin, frontier);
            edge = RightEdge.EMPTY;
            sealed = edge;
            return;
        }
        Recovery recovery = new Recovery(directory, origin, this::restoreTile);
        recovery.run(starts);
        recovery.checkCheckpoint(Optional.of(signer.verifier()), tree);
        edge = recovery.edge();
        frontier = recovery.frontier();
        sealed = recovery.sealed();
        publication =
                new Publication(publisher, background, recovery.published().size());
        if (starts.size() > 1) {
            Journal.files(directory, starts.subList(0, starts.size() - 1)).forEach(publication::add);
            publication.run(sealed);
        }
        journal = Journal.resume(disk, directory, starts.getLast(), recovery.journalEnd(), recovery.journalLength());
        LOGGER.atInfo()
                .addKeyValue("log", origin)
                .addKeyValue("size", edge.size())
                .addKeyValue("replayed", edge.size() - recovery.published().size())
                .log("log opened");
    }

    private void restoreTile(TilePath path, byte[] content) throws IOException {
        LOGGER.atInfo().addKeyValue("file", path).log("tile restored from the journal");
        disk.createDirectories(directory.resolve(TilePath.parent(path.toString())));
        disk.write(directory.resolve(path.toString()), content);
    }

    /**
     * Adds entries in this order, all or none. They are durable when this returns.
     *
     * @param entries of 1 to {@value #MAX_ENTRY_BYTES} bytes; none is allowed and does nothing
     * @return the head with them
     * @throws IllegalArgumentException if an entry is empty or too long, or all together are
     * @throws LogStorageException if the disk refuses; its outcome says whether they may be in the log nevertheless
     * @throws IllegalStateException if the log is closed
     */
    public TreeHead append(List<byte[]> entries) {
        int payload = payloadBytes(entries);
        writing.lock();
        try {
            checkWritable();
            if (!entries.isEmpty()) {
                writeTiles();
                commit(entries, payload);
                writeTilesLater();
                rotateWhenDue();
            }
            return edge.head();
        } finally {
            writing.unlock();
        }
    }

    private static int payloadBytes(List<byte[]> entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            if (entry.length < 1 || entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException(
                        "entry of " + entry.length + " bytes (expected: 1 to " + MAX_ENTRY_BYTES + ")");
            }
            bytes += Short.BYTES + entry.length;
        }
        if (bytes > MAX_APPEND_BYTES) {
            throw new IllegalArgumentException(
                    "append of " + bytes + " bytes (expected: at most " + MAX_APPEND_BYTES + ")");
        }
        return (int) bytes;
    }

    private void commit(List<byte[]> entries, int payload) {
        int length = JournalFormat.FRAME_HEADER_BYTES + payload + Sha256.BYTES;
        if (frame.length < length || frame.length > 1 << 20) { // a huge append must not keep its memory
            frame = new byte[length];
        }
        JournalFormat.putFrameHeader(frame, new JournalFormat.FrameHeader(payload, edge.size(), entries.size()));
        Growth growth = new Growth(edge, frontier);
        int at = JournalFormat.FRAME_HEADER_BYTES;
        for (byte[] entry : entries) {
            frame[at] = (byte) (entry.length >>> 8);
            frame[at + 1] = (byte) entry.length;
            System.arraycopy(entry, 0, frame, at + Short.BYTES, entry.length);
            growth.add(frame, at + Short.BYTES, entry.length);
            at += Short.BYTES + entry.length;
        }
        RightEdge grown = growth.edge();
        grown.head().root().copyTo(frame, at);
        writeDurably(length);
        for (Growth.FullTile tile : growth.completed()) {
            unwritten.put(tile.path().toString(), tile.content());
        }
        frontier = growth.frontier();
        edge = grown;
    }

    private void writeDurably(int length) {
        try {
            journal.write(frame, length);
        } catch (IOException e) {
            rollBack(e);
            throw new LogStorageException("cannot append to " + journal.file(), Outcome.NOTHING_DONE, e);
        }
        try {
            journal.force(length); // the commit point
        } catch (IOException e) {
            broken = e;
            throw new LogStorageException("cannot append to " + journal.file(), Outcome.UNKNOWN, e);
        }
    }

    private void rollBack(IOException failure) {
        try {
            journal.rollBack();
        } catch (IOException e) {
            failure.addSuppressed(e);
            broken = failure;
            throw new LogStorageException("cannot append to " + journal.file(), Outcome.UNKNOWN, failure);
        }
    }

    /** Writes the tiles that are full. @throws LogStorageException before anything else was done */
    private void writeTiles() {
        try {
            for (Iterator<Map.Entry<String, byte[]>> tiles =
                            unwritten.entrySet().iterator();
                    tiles.hasNext(); ) {
                Map.Entry<String, byte[]> tile = tiles.next();
                writeTile(tile.getKey(), tile.getValue());
                tiles.remove();
            }
        } catch (IOException e) {
            throw new LogStorageException("cannot write tiles in " + directory, Outcome.NOTHING_DONE, e);
        }
    }

    private void writeTile(String path, byte[] content) throws IOException {
        Path file = directory.resolve(path);
        try {
            disk.write(file, content);
        } catch (FileNotFoundException e) { // the first in its directory
            disk.createDirectories(directory.resolve(TilePath.parent(path)));
            disk.write(file, content);
        }
    }

    /** The entries are durable, so a disk that is full now is the next append's problem; until then the tiles wait. */
    private void writeTilesLater() {
        try {
            writeTiles();
        } catch (LogStorageException e) {
            LOGGER.atWarn()
                    .addKeyValue("log", origin)
                    .addKeyValue("error", e.getMessage())
                    .log("tiles not written");
        }
    }

    private void rotateWhenDue() {
        if (journal.length() < options.journalBytes()) {
            return;
        }
        if (publication.isRunning()) {
            if (journal.length() < 2 * options.journalBytes()) {
                return;
            }
            publication.await(); // appends are faster than the disk: let it catch up
        }
        try {
            writeTiles();
            seal();
            publication.start(sealed);
        } catch (IOException | LogStorageException e) {
            LOGGER.atWarn()
                    .addKeyValue("log", origin)
                    .addKeyValue("error", e.getMessage())
                    .log("no new journal begun; the next append tries again");
        }
    }

    /** Begins a new journal. */
    private void seal() throws IOException {
        if (edge.size() == journal.start()) {
            return;
        }
        Journal next;
        try {
            next = Journal.create(disk, directory, origin, frontier);
        } catch (IOException e) {
            if (Journal.exists(directory, edge.size())) {
                broken = e;
            }
            throw e;
        }
        Journal last = journal;
        journal = next;
        sealed = edge;
        publication.add(last.file());
        last.close();
    }

    /**
     * Brings the files in the directory, tiles and {@code checkpoint}, up to the current head.
     *
     * @throws LogStorageException if the disk refuses; the log is as it was
     */
    public void publish() {
        writing.lock();
        try {
            checkWritable();
            writeTiles();
            publishNow();
        } finally {
            writing.unlock();
        }
    }

    private void publishNow() {
        try {
            publication.await();
            seal();
            publication.run(sealed);
        } catch (IOException e) {
            throw new LogStorageException("cannot publish the log in " + directory, Outcome.NOTHING_DONE, e);
        }
    }

    private void checkWritable() {
        if (closed) {
            throw new IllegalStateException("the log in " + directory + " is closed");
        }
        if (broken != null) {
            throw new LogStorageException(
                    "the log in " + directory + " must be opened again after", Outcome.NOTHING_DONE, broken);
        }
    }

    /**
     * Publishes the current head and gives up the lock. Reading goes on to work; closing twice does nothing.
     *
     * @throws LogStorageException if publishing failed; the lock is given up and nothing is lost
     */
    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (lock) {
                if (broken == null) {
                    writeTiles();
                    publishNow();
                }
            } catch (IOException e) {
                throw new LogStorageException("cannot give up the lock of " + directory, Outcome.NOTHING_DONE, e);
            } finally {
                journal.close();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public SignedNote checkpoint() {
        Checkpoint current = new Checkpoint(origin, edge.head());
        SignedNote last = checkpoint;
        if (last == null || !last.text().equals(current.text())) {
            last = current.sign(signer);
            checkpoint = last;
        }
        return last;
    }

    @Override
    LogView view() {
        return view;
    }

    @Override
    RightEdge edge() {
        return edge;
    }
}
