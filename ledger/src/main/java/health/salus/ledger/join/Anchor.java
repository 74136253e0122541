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
import health.salus.tlog.StoppedLog;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.SignatureVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What this node knows by itself before it believes anybody: the genesis that its operator gave it, or its own old ledger.
 *
 * @param head of its own log
 * @param height of a block that it has executed
 * @param witnesses in force after that
 * @param peers the nodes that the state then names, and those that the operator named
 */
record Anchor(TreeHead head, long height, WitnessSet witnesses, List<Peer> peers) {
    static Anchor genesis(Genesis genesis, Rules rules, Function<StateView, List<Peer>> peers) {
        Map<StateKey, Optional<JsonObject>> values = new BlockExecutor(genesis.network(), rules)
                .genesis(genesis)
                .changes()
                .writes();
        StateView state = key -> values.getOrDefault(key, Optional.empty());
        return new Anchor(TreeHead.EMPTY, 0, WitnessSet.in(state), peers.apply(state));
    }

    /** Empty: the old ledger's state is missing, so it has to be executed anyway. */
    static Optional<Anchor> ledger(
            Path log, Path state, SignatureVerifier key, Function<StateView, List<Peer>> peers) {
        if (!VersionedState.isIn(state)) {
            return Optional.empty();
        }
        try (StoppedLog own = StoppedLog.open(log, key.name(), key);
                VersionedState stored = VersionedState.openReadOnly(state)) {
            return stored.height() == VersionedState.NOTHING
                    ? Optional.empty()
                    : Optional.of(new Anchor(
                            own.head(),
                            stored.height(),
                            WitnessSet.in(stored.latest()),
                            peers.apply(stored.latest())));
        }
    }
}
