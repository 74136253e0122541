package health.salus.contracts.rule;

import health.salus.foundation.Json.JsonObject;

/** What a transaction asks of a contract, with typed arguments; sign {@link #arguments} to ask for it. Immutable. */
public interface Action {
    /** Name of the contract. */
    String contract();

    /** Name of the action, one of {@link health.salus.ledger.contract.Contract#actions}. */
    String action();

    /** The arguments as the contract reads them. */
    JsonObject arguments();
}
