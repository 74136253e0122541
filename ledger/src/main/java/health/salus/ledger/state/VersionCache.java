package health.salus.ledger.state;

import health.salus.ledger.contract.StateKey;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps decoded values that are in use, at most so many. Loading happens under the lock of the key's bin, and the one
 * writer puts what it has already stored, so that an old version never replaces a new one. Thread-safe.
 */
final class VersionCache {
    private static final class Entry {
        final Version version;
        volatile boolean used;

        Entry(Version version) {
            this.version = version;
        }
    }

    private final int most;
    private final Map<StateKey, Entry> entries = new ConcurrentHashMap<>();
    private Iterator<Entry> hand = entries.values().iterator();

    VersionCache(int most) {
        this.most = most;
    }

    Version get(StateKey key, Function<StateKey, Version> load) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = entries.computeIfAbsent(key, missing -> new Entry(load.apply(missing)));
            shrink();
        }
        if (!entry.used) {
            entry.used = true;
        }
        return entry.version;
    }

    void put(StateKey key, Version version) {
        entries.put(key, new Entry(version));
        shrink();
    }

    /** What was loaded before is loaded again. */
    void forget(StateKey key) {
        entries.remove(key);
    }

    void clear() {
        entries.clear();
    }

    /** The clock algorithm: passes over what was used since the hand last came by. */
    private void shrink() {
        if (entries.size() <= most) {
            return;
        }
        synchronized (this) {
            for (int removed = 0; removed < 64 && entries.size() > most; ) {
                if (!hand.hasNext()) {
                    hand = entries.values().iterator();
                    if (!hand.hasNext()) {
                        return;
                    }
                }
                Entry entry = hand.next();
                if (entry.used) {
                    entry.used = false;
                } else {
                    hand.remove();
                    removed++;
                }
            }
        }
    }
}
