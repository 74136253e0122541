package health.salus.ledger.contract;

import health.salus.foundation.Json.JsonObject;

/**
 * Makes the world state at height 0 out of a network's genesis, the first entry of its log. Implementations are
 * stateless, deterministic and thread-safe.
 */
@FunctionalInterface
public interface GenesisRule {
    /**
     * Writes what the network begins with: its founders, their keys, the contract versions in force at height 1.
     *
     * @param genesis the genesis entry; the ledger has checked its {@code name} and {@code salt} and nothing else
     * @param state empty; here, and only here, values of every contract may be written
     * @throws InvalidArgumentException where {@code genesis} is not what this rule expects; no network comes to be
     */
    void apply(JsonObject genesis, WorldState state);
}
