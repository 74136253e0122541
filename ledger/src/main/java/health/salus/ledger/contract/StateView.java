package health.salus.ledger.contract;

import health.salus.foundation.Json.JsonObject;
import java.util.Optional;

/** The world state after one block, whichever. */
public interface StateView {
    /** The value under {@code key}, if there is one. */
    Optional<JsonObject> get(StateKey key);
}
