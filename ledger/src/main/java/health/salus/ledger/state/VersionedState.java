package health.salus.ledger.state;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * The world state at every height so far, in one directory.
 *
 * <p>One thread writes: {@link #prepare} computes the new state root, {@link #commit} keeps the block's changes or
 * {@link #rollback} drops them. Any number of threads read meanwhile; they see the state as of the last commit.
 *
 * <p>Values are stored with every commit; pages of the state map, places of transactions and the height that they belong to
 * only now and then. After a crash the values may therefore be from later heights than the map; they are invisible, and
 * applying the same blocks again writes the same.
 */
public final class VersionedState implements AutoCloseable {
    /** Height of a state to which nothing was applied, not even the genesis. */
    public static final long NOTHING = -1;

    private static final int MAX_CACHED_VALUES = 50_000;
    private static final int MAX_PAGES_IN_MEMORY = 65_536;
    private static final int MAX_DIRTY_PAGES = 32_768;
    private static final int MAX_PLACES_IN_MEMORY = 65_536;
    private static final int MAX_BLOCKS_BETWEEN_STORES = 512;

    private final StateStore store;
    private final VersionCache cache = new VersionCache(MAX_CACHED_VALUES);
    private final ReentrantReadWriteLock mapLock = new ReentrantReadWriteLock(true);
    private final StateMap map;
    private final Places places;
    private volatile Applied applied;
    private volatile long first;
    private long stored;
    private @Nullable Prepared prepared;
    private boolean mapIsAhead; // of the values, after a failure: it must not be stored then

    private record Prepared(BlockChanges block, List<Write> writes) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Write(StateKey key, byte[] keyHash, Optional<JsonObject> value, byte[] canonical) {
        static Write of(StateKey key, Optional<JsonObject> value) {
            return new Write(key, Sha256.of(StateKeys.utf8(key)).bytes(), value, canonicalForm(value));
        }

        MapChange change() {
            return MapChange.of(keyHash, canonical);
        }
    }

    /** What the map's pages say; {@code size} counts entries of the log. */
    private record Applied(long height, Sha256 root, long size) {
        byte[] encode() {
            return ByteBuffer.allocate(2 * Long.BYTES + Sha256.BYTES)
                    .putLong(height)
                    .put(root.bytes())
                    .putLong(size)
                    .array();
        }

        static Applied decode(byte[] stored) {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            long height = bytes.getLong();
            byte[] root = new byte[Sha256.BYTES];
            bytes.get(root);
            return new Applied(height, Sha256.ofBytes(root), bytes.getLong());
        }
    }

    private VersionedState(StateStore store) {
        this.store = store;
        byte[] record = store.get(StateKeys.APPLIED);
        this.places = new Places(store);
        this.map = new StateMap(store::get, MAX_PAGES_IN_MEMORY);
        this.applied = record == null ? new Applied(NOTHING, StateMap.EMPTY_ROOT, 0) : Applied.decode(record);
        this.stored = applied.height();
        byte[] begun = store.get(StateKeys.FIRST);
        this.first = begun == null ? 0 : ByteBuffer.wrap(begun).getLong();
        if (!map.root().equals(applied.root())) {
            throw new StateDamagedException(
                    "root of the state map differs from the one recorded at height " + applied.height());
        }
    }

    /**
     * Opens the state in {@code dir}, which is created where it is missing; the caller closes it.
     *
     * @throws StateDamagedException if what is found there is not what was written
     */
    public static VersionedState open(Path dir) {
        return opened(StateStore.open(dir));
    }

    /** Whether a state was ever stored in {@code dir}. */
    public static boolean isIn(Path dir) {
        return StateStore.isIn(dir);
    }

    /** Opens for reading what another process may have open, too. @throws StateDamagedException as {@link #open} */
    public static VersionedState openReadOnly(Path dir) {
        return opened(StateStore.openReadOnly(dir));
    }

    private static VersionedState opened(StateStore store) {
        try {
            return new VersionedState(store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    StateStore store() {
        return store;
    }

    /** Height of the last block applied, or {@link #NOTHING}. */
    public long height() {
        return applied.height();
    }

    /** Root of the state map at {@link #height}. */
    public Sha256 root() {
        return applied.root();
    }

    /** How many entries of the log are applied. */
    public long size() {
        return applied.size();
    }

    static byte[] applied(long height, Sha256 root, long size) {
        return new Applied(height, root, size).encode();
    }

    /** The first height whose state is here: 0, or that of the snapshot with which this state began. */
    public long first() {
        return first;
    }

    /**
     * The state after the block at {@code height}.
     *
     * @throws IllegalArgumentException if that is not applied yet
     * @throws StateNotKeptException if it is earlier than {@link #first}
     */
    public StateView at(long height) {
        requireKept(height);
        return key -> get(key, height);
    }

    private void requireKept(long height) {
        if (height < 0 || height > height()) {
            throw new IllegalArgumentException("height " + height + " (expected: 0 to " + height() + ")");
        }
        if (height < first) {
            throw new StateNotKeptException(height, first);
        }
    }

    /**
     * Values of the state after the block at {@code height}, of the keys after {@code after}.
     *
     * @param after a key as text, or nothing
     * @throws IllegalArgumentException if that is not applied yet
     * @throws StateNotKeptException if it is earlier than {@link #first}
     */
    public StateValues values(long height, String after) {
        requireKept(height);
        List<StateValues.Value> values = new ArrayList<>();
        int bytes = 0;
        try (RocksIterator stored = store.iterator()) {
            stored.seek(StateKeys.after(after));
            while (bytes < StateValues.ENOUGH_BYTES && stored.isValid() && stored.key()[0] == StateKeys.CURRENT) {
                byte[] canonical = canonical(stored.key(), stored.value(), height);
                if (canonical.length > 0) {
                    values.add(new StateValues.Value(StateKeys.name(stored.key()), canonical));
                    bytes += canonical.length + stored.key().length;
                }
                stored.next();
            }
            store.check(stored);
        }
        return new StateValues(values);
    }

    private byte[] canonical(byte[] current, byte[] version, long height) {
        if (ByteBuffer.wrap(version).getLong() <= height) {
            return Arrays.copyOfRange(version, Long.BYTES, version.length);
        }
        return canonicalForm(replaced(StateKeys.key(StateKeys.name(current)), height));
    }

    /** The state after the last block applied; stays at that height. */
    public StateView latest() {
        long height = height();
        return key -> get(key, height);
    }

    private Optional<JsonObject> get(StateKey key, long height) {
        Version current = current(key);
        return current.height() <= height ? current.value() : replaced(key, height);
    }

    private Version current(StateKey key) {
        return cache.get(key, wanted -> {
            byte[] stored = store.get(StateKeys.current(wanted));
            return stored == null ? Version.NONE : Version.decode(wanted, stored);
        });
    }

    private Optional<JsonObject> replaced(StateKey key, long height) {
        byte[] wanted = StateKeys.history(key, height);
        int prefix = wanted.length - Long.BYTES;
        try (RocksIterator versions = store.iterator()) {
            versions.seek(wanted);
            if (versions.isValid()) {
                byte[] found = versions.key();
                boolean same = found.length == wanted.length && Arrays.equals(found, 0, prefix, wanted, 0, prefix);
                return same ? Version.value(key, versions.value()) : Optional.empty();
            }
            store.check(versions);
            return Optional.empty();
        }
    }

    /** Where the transaction called {@code id} is, if it is applied. */
    public Optional<TransactionPlace> transaction(Sha256 id) {
        return places.find(id, size());
    }

    /** Those of {@code ids} that are of transactions applied from entries before {@code end}; one look-up for all. */
    public Set<Sha256> applied(List<Sha256> ids, long end) {
        return places.known(ids, Math.min(end, size()));
    }

    /** Index of the header of the block at {@code height} in the log, if it is applied. */
    public OptionalLong header(long height) {
        byte[] stored = height > height() ? null : store.get(StateKeys.block(height));
        return stored == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(stored).getLong());
    }

    /**
     * What the state holds under a key, with a proof.
     *
     * @param height of the block whose header holds the root that the proof leads to
     * @param value empty where nothing is
     */
    public record ProofAt(long height, StateProof proof, Optional<JsonObject> value) {}

    /** Proves what the state holds under {@code key} at the last height; waits while a block is being committed. */
    public ProofAt prove(StateKey key) {
        mapLock.writeLock().lock(); // pages may be loaded
        try {
            if (mapIsAhead) {
                throw new IllegalStateException("the state must be opened again after a failed commit");
            }
            long height = height();
            StateProof proof = map.prove(Sha256.of(StateKeys.utf8(key)).bytes());
            return new ProofAt(height, proof, get(key, height));
        } finally {
            mapLock.writeLock().unlock();
        }
    }

    /** Computes the root after {@code block}, the next one. {@link #commit} or {@link #rollback} must follow. */
    public Sha256 prepare(BlockChanges block) {
        mapLock.writeLock().lock();
        mapIsAhead = true;
        try {
            List<Write> writes = new ArrayList<>(block.writes().size());
            block.writes().forEach((key, value) -> writes.add(Write.of(key, value)));
            Sha256 root = map.apply(writes.stream().map(Write::change).toList());
            prepared = new Prepared(block, writes);
            return root;
        } catch (RuntimeException | Error e) {
            mapLock.writeLock().unlock();
            throw e;
        }
    }

    /** Keeps the changes of the prepared block. */
    public void commit() {
        Prepared next = takePrepared();
        BlockChanges block = next.block();
        try {
            Changes changes = new Changes();
            putValues(next, changes);
            putPlaces(block, changes);
            Applied reached = new Applied(block.height(), map.root(), block.header() + 1);
            if (map.dirtyPages() > MAX_DIRTY_PAGES
                    || places.waiting() > MAX_PLACES_IN_MEMORY
                    || block.height() - stored >= MAX_BLOCKS_BETWEEN_STORES) {
                storeAll(reached, changes);
            } else {
                store.write(changes);
            }
            block.writes().forEach((key, value) -> cache.put(key, new Version(block.height(), value)));
            applied = reached;
            mapIsAhead = false;
        } finally {
            mapLock.writeLock().unlock();
        }
    }

    /** Drops the changes of the prepared block, if there is one. */
    public void rollback() {
        if (prepared == null) {
            return;
        }
        Prepared dropped = takePrepared();
        try {
            map.apply(dropped.writes().stream()
                    .map(write -> MapChange.of(write.keyHash(), canonicalForm(get(write.key(), height()))))
                    .toList());
            mapIsAhead = false;
        } finally {
            mapLock.writeLock().unlock();
        }
    }

    private Prepared takePrepared() {
        Prepared taken = prepared;
        if (taken == null) {
            throw new IllegalStateException("no block is prepared");
        }
        prepared = null;
        return taken;
    }

    private void putValues(Prepared next, Changes changes) {
        long height = next.block().height();
        for (Write write : next.writes()) {
            Version replaced = current(write.key());
            if (replaced.height() >= 0 && replaced.height() < height) {
                changes.put(StateKeys.history(write.key(), replaced.height()), canonicalForm(replaced.value()));
            }
            changes.put(StateKeys.current(write.key()), Version.encode(height, write.canonical()));
        }
    }

    private static byte[] canonicalForm(Optional<JsonObject> value) {
        return value.map(JsonObject::canonical).orElseGet(() -> new byte[0]);
    }

    private void putPlaces(BlockChanges block, Changes changes) {
        long index = block.first();
        for (Optional<Sha256> id : block.transactions()) {
            if (id.isPresent()) {
                places.add(id.get(), new TransactionPlace(block.height(), index));
            }
            index++;
        }
        byte[] header = ByteBuffer.allocate(Long.BYTES).putLong(block.header()).array();
        changes.put(StateKeys.block(block.height()), header);
    }

    /** Writes {@code changes} with all that was kept in memory until now. */
    private void storeAll(Applied next, Changes changes) {
        map.store((key, page) -> {
            if (page == null) {
                changes.delete(key);
            } else {
                changes.put(key, page);
            }
        });
        places.store(changes);
        changes.put(StateKeys.APPLIED, next.encode());
        store.write(changes);
        places.stored();
        stored = next.height();
    }

    /**
     * Takes over what was before {@link #first}; from then on that is 0. Others read and commit meanwhile.
     *
     * @param executed made by executing every block up to that height
     */
    public void adopt(VersionedState executed) {
        if (executed.first() != 0 || executed.height() != first) {
            throw new IllegalArgumentException(
                    "history up to height " + executed.height() + " (expected: " + first + ")");
        }
        executed.flush();
        new HistoryMerge(executed.store(), store, cache, mapLock.writeLock(), first, executed.size()).run();
        Changes end = new Changes();
        end.delete(StateKeys.FIRST);
        store.write(end);
        store.flush();
        places.changed();
        first = 0;
    }

    /** Everything applied so far is on the disk when this returns. */
    public void flush() {
        mapLock.writeLock().lock();
        try {
            if (stored < height() && !mapIsAhead) {
                storeAll(applied, new Changes());
            }
            store.flush();
        } finally {
            mapLock.writeLock().unlock();
        }
    }

    /** Makes {@code target}, which must not exist, a copy of this state, by hard links where possible. */
    public void copyTo(Path target) {
        flush();
        store.copyTo(target);
    }

    /** Reads everything and compares every checksum. @throws StateDamagedException at the first that is wrong */
    public void verifyChecksums() {
        store.verifyChecksums();
    }

    /** Closes without storing what {@link #flush} would store. */
    @Override
    public void close() {
        store.close();
    }
}
