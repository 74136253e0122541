package health.salus.ledger.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What one write changes, each key once. Written in the order of keys: RocksDB's memory table then goes on from where it
 * inserted last. For one use by one thread.
 */
final class Changes {
    private final List<Change> changes = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(byte[] key, byte @Nullable [] value) {}

    void put(byte[] key, byte[] value) {
        changes.add(new Change(key, value));
    }

    void delete(byte[] key) {
        changes.add(new Change(key, null));
    }

    /** Keys of this kind. */
    Stream<byte[]> keys(byte kind) {
        return changes.stream().map(Change::key).filter(key -> key[0] == kind);
    }

    int size() {
        return changes.size();
    }

    /** Adds all to {@code batch}. */
    void writeTo(WriteBatch batch) throws RocksDBException {
        changes.sort(Comparator.comparing(Change::key, Arrays::compareUnsigned));
        for (Change change : changes) {
            byte[] value = change.value();
            if (value == null) {
                batch.delete(change.key());
            } else {
                batch.put(change.key(), value);
            }
        }
    }
}
