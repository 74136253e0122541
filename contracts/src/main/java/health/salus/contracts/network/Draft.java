package health.salus.contracts.network;

import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.WorldState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A state in which a change is tried: nothing of it counts before {@link #commit}. Not thread-safe. */
final class Draft implements WorldState {
    private final WorldState state;
    private final Map<StateKey, Optional<JsonObject>> written = new TreeMap<>();

    Draft(WorldState state) {
        this.state = state;
    }

    @Override
    public Optional<JsonObject> get(StateKey key) {
        return written.containsKey(key) ? written.getOrDefault(key, Optional.empty()) : state.get(key);
    }

    @Override
    public void put(StateKey key, JsonObject value) {
        written.put(key, Optional.of(value));
    }

    @Override
    public void remove(StateKey key) {
        written.put(key, Optional.empty());
    }

    void commit() {
        written.forEach((key, value) -> value.ifPresentOrElse(put -> state.put(key, put), () -> state.remove(key)));
    }
}
