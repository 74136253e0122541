package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.LogStorageException.Outcome;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a published log over into a directory that {@link TileLog} goes on from. Every tile is compared with the root of a
 * checkpoint that the caller trusts before it is written. Several tiles are fetched at once, only a few of which are in
 * memory. What an interrupted run has left is verified like the rest, and not fetched again. Not thread-safe.
 *
 * @param <T> what is made of the entries of a bundle
 */
public final class LogCopy<T> {
    private static final int AT_ONCE = 8; // most of the time they wait for the other node, or the disk
    private static final int AHEAD = 16; // bundles in memory
    private static final int CACHED_TILES = 64;

    /** Makes something of entries, on several threads. */
    @FunctionalInterface
    public interface BundleReader<T> {
        /**
         * Reads up to 256 entries, verified.
         *
         * @param first index of the first
         */
        T read(long first, List<byte[]> entries);
    }

    private final Disk disk = new LocalDisk();
    private final TileSource source;
    private final SignedNote trusted;
    private final Optional<Path> older;
    private final Path directory;
    private final BundleReader<T> reader;

    /**
     * A copy to be made.
     *
     * @param trusted a checkpoint whose signatures the caller has verified
     * @param older directory of a log that may have some of the tiles, and is not changed
     * @param directory new, or what an interrupted copy left
     */
    public LogCopy(
            TileSource source, SignedNote trusted, Optional<Path> older, Path directory, BundleReader<T> reader) {
        this.source = source;
        this.trusted = trusted;
        this.older = older;
        this.directory = directory;
        this.reader = reader;
    }

    /**
     * Copies everything; it is durable when this returns.
     *
     * @param signer signs the checkpoint of the copy
     * @param visitor is handed what was made of each bundle, in the order of the log, in the calling thread
     * @throws CorruptLogException if a tile of the source does not have the hash that the tree has; names the tile
     * @throws LogStorageException if the source or the directory fails
     */
    public void run(NoteSigner signer, Consumer<T> visitor) throws InterruptedException {
        Checkpoint checkpoint = Checkpoint.parse(trusted.text());
        try {
            dropJournals();
            RightEdge edge =
                    checkpoint.size() == 0 ? RightEdge.EMPTY : new EdgeReader(source, checkpoint.head()).read();
            TiledTree tree = new TiledTree(source, CACHED_TILES);
            copyBundles(edge, tree, visitor);
            copyUpperTiles(edge, tree);
            visitor.accept(reader.read(
                    edge.fullTiles(0) * TilePath.FULL,
                    IntStream.range(0, edge.count(0)).mapToObj(edge::entry).toList()));
            new Publisher(disk, directory, checkpoint.origin(), signer).publish(0, edge, List.of());
            Journal.create(disk, directory, checkpoint.origin(), edge.frontier())
                    .close(); // last: now it is a log
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Of a copy that was interrupted after its end. */
    private void dropJournals() throws IOException {
        Path journals = directory.resolve(Journal.DIRECTORY);
        disk.createDirectories(journals);
        try (Stream<Path> files = Files.list(journals)) {
            for (Path file : files.toList()) {
                disk.delete(file);
            }
        }
    }

    private void copyBundles(RightEdge edge, TiledTree tree, Consumer<T> visitor) throws InterruptedException {
        Deque<Future<T>> ahead = new ArrayDeque<>();
        ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("log-copy-", 0).factory());
        try {
            for (long next = 0; next < edge.fullTiles(0); next++) {
                long index = next;
                ahead.add(threads.submit(() -> copyBundle(edge, tree, index)));
                if (ahead.size() >= AHEAD) {
                    visitor.accept(join(ahead.remove()));
                }
            }
            while (!ahead.isEmpty()) {
                visitor.accept(join(ahead.remove()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T join(Future<T> copied) throws InterruptedException {
        try {
            return copied.get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case IOException cause -> failed(cause);
                case null, default -> new IllegalStateException("tile not copied", e);
            };
        }
    }

    private T copyBundle(RightEdge edge, TiledTree tree, long index) throws IOException {
        TilePath path = TilePath.full(TilePath.ENTRIES, index);
        Bundle bundle = present(directory, path, tree.rootOf(edge, 0, index));
        if (bundle == null) {
            bundle = older.isPresent() ? present(older.get(), path, tree.rootOf(edge, 0, index)) : null;
            bundle = bundle == null ? fetched(edge, tree, path) : bundle;
            write(path, bundle.entries().bytes());
        }
        write(TilePath.full(0, index), bundle.hashes());
        return reader.read(index * TilePath.FULL, bundle.all());
    }

    private static Bundle fetched(RightEdge edge, TiledTree tree, TilePath path) {
        Bundle bundle = Bundle.parse(tree.read(path), path);
        if (!bundle.root().equals(tree.rootOf(edge, 0, path.index()))) {
            throw new CorruptLogException(
                    path.toString(), "the entries do not have the hash that the tree has for them");
        }
        return bundle;
    }

    /** What lies there already; null where nothing does, or not what the tree has. */
    private static @Nullable Bundle present(Path directory, TilePath path, Sha256 root) throws IOException {
        Optional<byte[]> bytes = TileSource.directory(directory).read(path.toString());
        if (bytes.isEmpty()) {
            return null;
        }
        try {
            Bundle bundle = Bundle.parse(bytes.get(), path);
            return bundle.root().equals(root) ? bundle : null;
        } catch (CorruptLogException e) { // it was being written when a copy was interrupted
            return null;
        }
    }

    /** A full bundle and its tile of hashes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bundle(EntryBundle entries, byte[] hashes, Sha256 root) {
        static Bundle parse(byte[] bytes, TilePath path) {
            EntryBundle entries = EntryBundle.parse(bytes, TilePath.FULL, path);
            byte[] hashes = entries.leafHashes();
            return new Bundle(entries, hashes, new HashTile(hashes).root());
        }

        List<byte[]> all() {
            return IntStream.range(0, TilePath.FULL).mapToObj(entries::entry).toList();
        }
    }

    private void copyUpperTiles(RightEdge edge, TiledTree tree) throws IOException {
        for (int level = 1; level < edge.levels(); level++) {
            for (long index = 0; index < edge.fullTiles(level); index++) {
                write(
                        TilePath.full(level, index),
                        tree.hashTile(edge, level, index).hashes(TilePath.FULL));
            }
        }
    }

    private void write(TilePath path, byte[] content) throws IOException {
        Path file = directory.resolve(path.toString());
        try {
            disk.write(file, content);
        } catch (FileNotFoundException e) { // the first in its directory
            disk.createDirectories(directory.resolve(TilePath.parent(path.toString())));
            disk.write(file, content);
        }
        disk.forceFile(file); // while others are fetched, rather than all at the end
    }

    private static LogStorageException failed(IOException e) {
        return new LogStorageException("cannot copy the log", Outcome.NOTHING_DONE, e);
    }
}
