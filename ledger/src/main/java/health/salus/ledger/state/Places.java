package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where transactions are. Their ids are random, and the store's memory table takes very many at once, sorted, for a fraction
 * of what it takes for each by itself; so those of the newest blocks are in memory, until {@link #store}. Who looks
 * says how many entries of the log count. One thread adds and stores, any number read.
 */
final class Places {
    private final StateStore store;
    private final Map<Sha256, TransactionPlace> newest = new ConcurrentHashMap<>();
    private volatile Found lastFound = new Found(List.of(), 0, Set.of());

    /** What was found of transactions' ids while {@code size} entries counted. */
    private record Found(List<Sha256> ids, long size, Set<Sha256> known) {}

    Places(StateStore store) {
        this.store = store;
    }

    /** Where the transaction called {@code id} is, if that is before {@code size}. */
    Optional<TransactionPlace> find(Sha256 id, long size) {
        TransactionPlace place = newest.get(id);
        return before(place != null ? place : decode(store.get(StateKeys.transaction(id))), size);
    }

    /**
     * Those of {@code ids} that are before {@code size}; one look-up in the store for all. Who orders alone asks twice, before
     * the block and within it, and the second answer is the first.
     */
    Set<Sha256> known(List<Sha256> ids, long size) {
        Found last = lastFound;
        if (last.size() == size && last.ids().equals(ids)) {
            return last.known();
        }
        Set<Sha256> known = lookUp(ids, size);
        lastFound = new Found(List.copyOf(ids), size, known);
        return known;
    }

    private Set<Sha256> lookUp(List<Sha256> ids, long size) {
        Set<Sha256> known = new HashSet<>();
        for (Sha256 id : ids) {
            if (before(newest.get(id), size).isPresent()) {
                known.add(id);
            }
        }
        List<byte[]> stored =
                store.getAll(ids.stream().map(StateKeys::transaction).toList());
        for (int i = 0; i < ids.size(); i++) {
            if (before(decode(stored.get(i)), size).isPresent()) {
                known.add(ids.get(i));
            }
        }
        return Set.copyOf(known);
    }

    private static Optional<TransactionPlace> before(@Nullable TransactionPlace place, long size) {
        return Optional.ofNullable(place).filter(found -> found.index() < size);
    }

    private static @Nullable TransactionPlace decode(byte @Nullable [] stored) {
        if (stored == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new TransactionPlace(bytes.getLong(), bytes.getLong());
    }

    void add(Sha256 id, TransactionPlace place) {
        newest.put(id, place);
    }

    /** How many are in memory. */
    int waiting() {
        return newest.size();
    }

    /** Adds what is in memory to {@code changes}; {@link #stored} must follow once they are written. */
    void store(Changes changes) {
        newest.forEach((id, place) -> changes.put(StateKeys.transaction(id), place.encode()));
    }

    void stored() {
        newest.clear();
    }

    /** The store has others than before. */
    void changed() {
        lastFound = new Found(List.of(), 0, Set.of());
    }
}
