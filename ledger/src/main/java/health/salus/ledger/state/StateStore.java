package health.salus.ledger.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The one place that knows RocksDB: a map of bytes in one directory. Writes are atomic per batch and reach the disk in
 * the order in which they were made, but only when memory is flushed; so after a crash the store holds an exact earlier
 * moment. Every block read is checked against its checksum. Thread-safe.
 */
final class StateStore implements AutoCloseable {
    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    private static final double MEMTABLE_BLOOM_RATIO = 0.01;

    static {
        RocksDB.loadLibrary();
    }

    private final Path dir;
    private final LRUCache blockCache = new LRUCache(BLOCK_CACHE_BYTES);
    private final BloomFilter bloomFilter = new BloomFilter(10);
    private final Options options;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReadOptions reading = new ReadOptions().setVerifyChecksums(true);
    private final RocksDB db;

    private StateStore(Path dir, boolean readOnly) {
        this.dir = dir;
        options = new Options()
                .setCreateIfMissing(!readOnly)
                .setParanoidChecks(true)
                .setMaxBackgroundJobs(2)
                .setAllowConcurrentMemtableWrite(false) // there is one writer
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
                .setMemtableWholeKeyFiltering(true) // most look-ups ask for what is not there
                .setLevel0FileNumCompactionTrigger(8)
                .setTargetFileSizeBase(WRITE_BUFFER_BYTES)
                .setMaxBytesForLevelBase(8 * WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(1 << 20)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blockCache)
                        .setFilterPolicy(bloomFilter)
                        .setFormatVersion(6));
        try {
            Files.createDirectories(dir);
            db = readOnly ? RocksDB.openReadOnly(options, dir.toString()) : RocksDB.open(options, dir.toString());
        } catch (RocksDBException e) {
            closeOptions();
            throw failed("opening " + dir, e);
        } catch (IOException e) {
            closeOptions();
            throw new UncheckedIOException("creating " + dir, e);
        }
    }

    /** Whether anything was ever stored in {@code dir}; a process that is killed may leave only the beginnings of a store. */
    static boolean isIn(Path dir) {
        if (!Files.isDirectory(dir)) {
            return false;
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals("CURRENT") || name.endsWith(".sst"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + dir, e);
        }
    }

    static StateStore open(Path dir) {
        return new StateStore(dir, false);
    }

    static StateStore openReadOnly(Path dir) {
        return new StateStore(dir, true);
    }

    byte @Nullable [] get(byte[] key) {
        try {
            return db.get(reading, key);
        } catch (RocksDBException e) {
            throw failed("reading " + dir, e);
        }
    }

    /** The value of each key, null where there is none, in the order of the keys. */
    @SuppressWarnings("NullAway") // RocksDB's list holds nulls, which its type doesn't say
    List<byte[]> getAll(List<byte[]> keys) {
        try {
            return db.multiGetAsList(reading, keys);
        } catch (RocksDBException e) {
            throw failed("reading " + dir, e);
        }
    }

    void write(Changes changes) {
        try (WriteBatch batch = new WriteBatch()) {
            changes.writeTo(batch);
            db.write(unlogged, batch);
        } catch (RocksDBException e) {
            throw failed("writing " + dir, e);
        }
    }

    /** An iterator over a snapshot of everything; the caller closes it and asks {@link #check} at its end. */
    RocksIterator iterator() {
        return db.newIterator(reading);
    }

    /** Reports what stopped {@code iterator}, if anything but the end did. */
    void check(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw failed("reading " + dir, e);
        }
    }

    /** Everything written so far is on the disk when this returns. */
    void flush() {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            db.flush(waiting);
        } catch (RocksDBException e) {
            throw failed("flushing " + dir, e);
        }
    }

    /** Reads every file and compares every checksum. */
    void verifyChecksums() {
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw failed("checking " + dir, e);
        }
    }

    /** Makes {@code target}, which must not exist, a store with the same content, by hard links where possible. */
    void copyTo(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw failed("copying " + dir, e);
        }
    }

    @Override
    public void close() {
        db.close();
        closeOptions();
    }

    private void closeOptions() {
        unlogged.close();
        reading.close();
        options.close();
        bloomFilter.close();
        blockCache.close();
    }

    private static RuntimeException failed(String doing, RocksDBException e) {
        Status.@Nullable Code code =
                e.getStatus() == null ? null : e.getStatus().getCode();
        return switch (code) {
            case Corruption, NotFound, InvalidArgument ->
                new StateDamagedException(doing + " (" + e.getMessage() + ")", e);
            case null, default -> new StateStorageException(doing + " (" + e.getMessage() + ")", e);
        };
    }
}
