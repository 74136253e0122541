package health.salus.ledger;

import health.salus.tlog.TilePath;
import health.salus.tlog.TileSource;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Fetches the next bundles of entries of a log that is read from one end to the other, while one is used. Not thread-safe. */
final class ReadAhead implements TileSource, AutoCloseable {
    private static final int BUNDLES = 8;

    private final TileSource source;
    private final long full;
    private final TreeMap<Long, FutureTask<Optional<byte[]>>> ahead = new TreeMap<>(); // by index of the bundle

    /** @param size entries of the log, beyond which nothing is fetched */
    ReadAhead(TileSource source, long size) {
        this.source = source;
        this.full = size / TilePath.FULL;
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Optional<TilePath> bundle =
                TilePath.parse(path).filter(tile -> tile.level() == TilePath.ENTRIES && tile.isFull());
        return bundle.isPresent() ? bundle(bundle.get().index()) : source.read(path);
    }

    private Optional<byte[]> bundle(long wanted) throws IOException {
        ahead.headMap(wanted).clear();
        for (long index = wanted; index < Math.min(full, wanted + BUNDLES); index++) {
            ahead.computeIfAbsent(index, this::fetch);
        }
        try {
            FutureTask<Optional<byte[]>> fetched = ahead.remove(wanted);
            return fetched == null ? source.read(path(wanted)) : fetched.get();
        } catch (ExecutionException e) {
            throw new IOException("bundle " + wanted + " not received: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading ahead", e);
        }
    }

    private FutureTask<Optional<byte[]>> fetch(long index) {
        FutureTask<Optional<byte[]>> task = new FutureTask<>(() -> source.read(path(index)));
        Thread.ofVirtual().name("read-ahead").start(task);
        return task;
    }

    private static String path(long index) {
        return new TilePath(TilePath.ENTRIES, index, TilePath.FULL).toString();
    }

    @Override
    public void close() {
        ahead.values().forEach(task -> task.cancel(true));
    }
}
