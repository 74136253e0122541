package health.salus.ledger.state;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one block does to the state.
 *
 * @param height of the block
 * @param first index of its first transaction in the log
 * @param transactions one for each transaction, in the order of the log: its id if it shall be found under that from now
 *     on; empty where it could not be read, was not signed, or repeats an id
 * @param writes new values; empty: removed
 */
public record BlockChanges(
        long height,
        long first,
        List<Optional<Sha256>> transactions,
        SortedMap<StateKey, Optional<JsonObject>> writes) {
    /** Index of the block's header in the log. */
    public long header() {
        return first + transactions.size();
    }
}
