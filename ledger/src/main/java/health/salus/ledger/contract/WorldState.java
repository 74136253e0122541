package health.salus.ledger.contract;

import health.salus.foundation.Json.JsonObject;

/** The world state while one call runs; reads see the call's own writes. Not thread-safe. */
public interface WorldState extends StateView {
    /** Sets a value. @throws IllegalArgumentException if another contract owns the key */
    void put(StateKey key, JsonObject value);

    /** Removes a value, if there is one. @throws IllegalArgumentException if another contract owns the key */
    void remove(StateKey key);
}
