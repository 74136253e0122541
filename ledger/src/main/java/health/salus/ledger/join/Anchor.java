package health.salus.ledger.join;

import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.state.VersionedState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What this node knows by itself before it believes anybody: the genesis that its operator gave it, or its own old ledger.
 *
 * @param size entries of its own log that it has executed
 * @param height of the block that they end with
 * @param witnesses in force after that
 * @param peers the nodes that the state then names, and those that the operator named
 */
record Anchor(long size, long height, WitnessSet witnesses, List<Peer> peers) {
    static Anchor genesis(Genesis genesis, Rules rules, Function<StateView, List<Peer>> peers) {
        Map<StateKey, Optional<JsonObject>> values = new BlockExecutor(genesis.network(), rules)
                .genesis(genesis)
                .changes()
                .writes();
        StateView state = key -> values.getOrDefault(key, Optional.empty());
        return new Anchor(0, 0, WitnessSet.in(state), peers.apply(state));
    }

    /** Empty: the old ledger's state is missing, so it has to be executed anyway. */
    static Optional<Anchor> ledger(Path state, Function<StateView, List<Peer>> peers) {
        if (!VersionedState.isIn(state)) {
            return Optional.empty();
        }
        try (VersionedState stored = VersionedState.openReadOnly(state)) {
            return stored.height() == VersionedState.NOTHING
                    ? Optional.empty()
                    : Optional.of(new Anchor(
                            stored.size(),
                            stored.height(),
                            WitnessSet.in(stored.latest()),
                            peers.apply(stored.latest())));
        }
    }
}
