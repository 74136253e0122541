package health.salus.ledger.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.function.BiConsumer;
import org.rocksdb.RocksIterator;

/**
 * Gives a state that began with a snapshot what it lacks: every version of every value up to that height, and the places of
 * the transactions before it, from a state that was made by executing up to there. Blocks are committed in between, in
 * which case the version that came with the snapshot is history by now. May be interrupted and begun again.
 */
final class HistoryMerge {
    private static final int AT_ONCE = 1_024;

    private final StateStore from;
    private final StateStore to;
    private final VersionCache cache;
    private final Lock writing;
    private final long first;
    private final long size;

    /**
     * @param writing held for a few records at a time
     * @param first height of the snapshot
     * @param size entries of the log up to there
     */
    HistoryMerge(StateStore from, StateStore to, VersionCache cache, Lock writing, long first, long size) {
        this.from = from;
        this.to = to;
        this.cache = cache;
        this.writing = writing;
        this.first = first;
        this.size = size;
    }

    void run() {
        forEach(from, StateKeys.HISTORY, (record, changes) -> changes.put(record.key(), record.value()));
        forEach(from, StateKeys.CURRENT, this::version);
        forEach(from, StateKeys.TRANSACTION, (record, changes) -> changes.put(record.key(), record.value()));
        forEach(to, StateKeys.TRANSACTION, this::misplaced);
    }

    private void forEach(StateStore store, byte kind, BiConsumer<RocksIterator, Changes> step) {
        try (RocksIterator records = store.iterator()) {
            records.seek(new byte[] {kind});
            while (records.isValid() && records.key()[0] == kind) {
                writing.lock();
                try {
                    Changes changes = new Changes();
                    for (int i = 0; i < AT_ONCE && records.isValid() && records.key()[0] == kind; i++) {
                        step.accept(records, changes);
                        records.next();
                    }
                    to.write(changes);
                    changes.keys(StateKeys.CURRENT).forEach(key -> cache.forget(StateKeys.key(StateKeys.name(key))));
                } finally {
                    writing.unlock();
                }
            }
            store.check(records);
        }
    }

    private void version(RocksIterator record, Changes changes) {
        byte[] key = record.key();
        byte[] version = record.value();
        byte[] held = to.get(key);
        if (held == null || height(held) <= first) {
            changes.put(key, version);
        } else {
            changes.delete(StateKeys.history(key, first));
            changes.put(
                    StateKeys.history(key, height(version)), Arrays.copyOfRange(version, Long.BYTES, version.length));
        }
    }

    /** Only executing tells of some transactions whether they were properly signed. */
    private void misplaced(RocksIterator record, Changes changes) {
        boolean before = ByteBuffer.wrap(record.value()).getLong(Long.BYTES) < size;
        if (before && from.get(record.key()) == null) {
            changes.delete(record.key());
        }
    }

    private static long height(byte[] version) {
        return ByteBuffer.wrap(version).getLong();
    }
}
