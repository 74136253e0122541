package health.salus.ledger.block;

import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.finality.WitnessSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The world state while a block is executed: what was before, and over it what accepted calls wrote. Not thread-safe. */
final class BlockState implements StateView {
    private final StateView before;
    private final Map<StateKey, Optional<JsonObject>> writes = new HashMap<>(); // only looked up, never iterated

    BlockState(StateView before) {
        this.before = before;
    }

    @Override
    public Optional<JsonObject> get(StateKey key) {
        Optional<JsonObject> written = writes.get(key);
        return written != null ? written : before.get(key);
    }

    /** All that was written, in the order of the keys. */
    SortedMap<StateKey, Optional<JsonObject>> writes() {
        return new TreeMap<>(writes);
    }

    /** The witnesses, if they are others than before. */
    Optional<WitnessSet> newWitnesses() {
        if (!writes.containsKey(WitnessSet.KEY)) {
            return Optional.empty();
        }
        WitnessSet now = WitnessSet.in(this);
        return now.equals(WitnessSet.in(before)) ? Optional.empty() : Optional.of(now);
    }

    /** What one call sees; {@link CallState#keep} adds its writes to the block's. */
    final class CallState implements WorldState {
        private final Optional<String> owner;
        private final Map<StateKey, Optional<JsonObject>> own = new HashMap<>();

        /** @param owner contract whose keys may be written; empty: those of all */
        CallState(Optional<String> owner) {
            this.owner = owner;
        }

        @Override
        public Optional<JsonObject> get(StateKey key) {
            Optional<JsonObject> written = own.get(key);
            return written != null ? written : BlockState.this.get(key);
        }

        @Override
        public void put(StateKey key, JsonObject value) {
            write(key, Optional.of(value));
        }

        @Override
        public void remove(StateKey key) {
            if (get(key).isPresent()) {
                write(key, Optional.empty());
            }
        }

        private void write(StateKey key, Optional<JsonObject> value) {
            if (owner.isPresent() && !key.contract().equals(owner.get())) {
                throw new IllegalArgumentException("contract " + owner.get() + " may not write " + key);
            }
            own.put(key, value);
        }

        void keep() {
            writes.putAll(own);
        }
    }
}
