package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.rocksdb.RocksIterator;

/**
 * Makes a state of one height from its values, which come from somebody who isn't trusted, and from what the log says of
 * transactions and blocks. Nothing is a state before {@link #finish} has compared its root. What an interrupted run has
 * stored is taken up again. Values may be added by one thread while another gives transactions and blocks; otherwise not thread-safe.
 */
public final class StateImport implements AutoCloseable {
    private static final int MAX_VALUES = 1 << 24; // 1 GiB of memory in MapBuilder

    private static final int AT_ONCE = 4_096; // records

    private final StateStore store;
    private final long height;
    private final MapBuilder map = new MapBuilder();
    private String last = "";
    private int values;
    private Changes waiting = new Changes();

    private StateImport(StateStore store, long height) {
        this.store = store;
        this.height = height;
    }

    /** Height of the state that an interrupted run was making in {@code dir}; empty where there is none. */
    public static Optional<Long> begun(Path dir) {
        if (!StateStore.isIn(dir)) {
            return Optional.empty();
        }
        try (StateStore store = StateStore.openReadOnly(dir)) {
            return Optional.ofNullable(store.get(StateKeys.FIRST))
                    .map(bytes -> ByteBuffer.wrap(bytes).getLong());
        }
    }

    /** Begins in {@code dir}, or goes on. */
    public static StateImport open(Path dir, long height) {
        StateImport opened = new StateImport(StateStore.open(dir), height);
        try {
            opened.resume();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void resume() {
        Changes begin = new Changes();
        begin.put(StateKeys.FIRST, number(height));
        store.write(begin);
        try (RocksIterator stored = store.iterator()) {
            for (stored.seek(new byte[] {StateKeys.CURRENT});
                    stored.isValid() && stored.key()[0] == StateKeys.CURRENT;
                    stored.next()) {
                byte[] version = stored.value();
                count(StateKeys.name(stored.key()), Arrays.copyOfRange(version, Long.BYTES, version.length));
            }
            store.check(stored);
        }
    }

    /** The last key so far; empty at the beginning. */
    public String last() {
        return last;
    }

    /** The values so far. */
    public StateView values() {
        return key -> Optional.ofNullable(store.get(StateKeys.current(key)))
                .flatMap(stored -> Version.decode(key, stored).value());
    }

    /**
     * Adds values.
     *
     * @throws IllegalArgumentException if a key is malformed or doesn't come after those before, or there are too many
     */
    public void add(StateValues added) {
        Changes changes = new Changes();
        for (StateValues.Value value : added.values()) {
            if (value.key().compareTo(last) <= 0) {
                throw new IllegalArgumentException("values of a state out of order");
            }
            changes.put(StateKeys.current(StateKeys.key(value.key())), Version.encode(height, value.canonical()));
            count(value.key(), value.canonical());
        }
        store.write(changes);
    }

    private void count(String key, byte[] canonical) {
        if (++values > MAX_VALUES) {
            throw new IllegalArgumentException("state of more than " + MAX_VALUES + " values; join by the log");
        }
        map.add(
                Sha256.of(key.getBytes(StandardCharsets.US_ASCII)).bytes(),
                Sha256.of(canonical).bytes());
        last = key;
    }

    /** A transaction that shall be found under its id. */
    public void transaction(Sha256 id, TransactionPlace place) {
        waiting.put(StateKeys.transaction(id), place.encode());
    }

    /** A block, whose transactions were given before; its header is the entry at {@code index}. */
    public void block(long at, long index) {
        waiting.put(StateKeys.block(at), number(index));
        writeMany();
    }

    private void writeMany() {
        if (waiting.size() >= AT_ONCE) {
            store.write(waiting);
            waiting = new Changes();
        }
    }

    /**
     * Compares the root, and makes a state of the values if it is theirs. Answers whether it is.
     *
     * @param root that the block's header has
     * @param size entries of the log up to the block
     */
    public boolean finish(Sha256 root, long size) {
        Sha256 found = map.build((key, page) -> {
            waiting.put(key, Objects.requireNonNull(page)); // none is removed from a map that is new
            writeMany();
        });
        if (!found.equals(root)) {
            return false;
        }
        waiting.put(StateKeys.APPLIED, VersionedState.applied(height, root, size));
        store.write(waiting);
        store.flush();
        return true;
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public void close() {
        store.close();
    }
}
