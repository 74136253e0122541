package health.salus.contracts;

import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A world state in memory that remembers every height; a block is one call. */
public final class MemoryState implements StateView {
    private final Map<StateKey, TreeMap<Long, Optional<JsonObject>>> versions = new HashMap<>();
    private long height;

    @Override
    public Optional<JsonObject> get(StateKey key) {
        return get(key, height);
    }

    /** The state after the block at {@code height}. */
    public StateView at(long height) {
        return key -> get(key, height);
    }

    /** The height of the last block. */
    public long height() {
        return height;
    }

    /** A state with the same history, which then goes its own way. */
    public MemoryState copy() {
        MemoryState copy = new MemoryState();
        copy.height = height;
        versions.forEach((key, values) -> copy.versions.put(key, new TreeMap<>(values)));
        return copy;
    }

    /** What a call of {@code owner} writes to; nothing counts before {@link Writes#commit}. */
    public Writes writes(String owner) {
        return new Writes(owner);
    }

    private Optional<JsonObject> get(StateKey key, long height) {
        TreeMap<Long, Optional<JsonObject>> values = versions.get(key);
        Map.Entry<Long, Optional<JsonObject>> entry = values == null ? null : values.floorEntry(height);
        return entry == null ? Optional.empty() : entry.getValue();
    }

    /** The writes of one call. */
    public final class Writes implements WorldState {
        private final String owner;
        private final Map<StateKey, Optional<JsonObject>> written = new TreeMap<>();

        private Writes(String owner) {
            this.owner = owner;
        }

        @Override
        public Optional<JsonObject> get(StateKey key) {
            Optional<JsonObject> own = written.get(key);
            return own == null ? MemoryState.this.get(key) : own;
        }

        @Override
        public void put(StateKey key, JsonObject value) {
            write(key, Optional.of(value));
        }

        @Override
        public void remove(StateKey key) {
            write(key, Optional.empty());
        }

        /** Makes the writes the next block, or, at genesis, height 0. */
        public void commit(boolean accepted, boolean genesis) {
            height += genesis ? 0 : 1;
            if (accepted) {
                new ArrayList<>(written.entrySet())
                        .forEach(write -> versions.computeIfAbsent(write.getKey(), key -> new TreeMap<>())
                                .put(height, write.getValue()));
            }
        }

        private void write(StateKey key, Optional<JsonObject> value) {
            if (!owner.isEmpty() && !owner.equals(key.contract())) {
                throw new IllegalArgumentException(owner + " writes to " + key);
            }
            written.put(key, value);
        }
    }
}
