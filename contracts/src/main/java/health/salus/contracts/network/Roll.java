package health.salus.contracts.network;

import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.finality.Thresholds;
import health.salus.ledger.finality.WitnessSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Writes organizations, and whatever in the state follows from them: the list of their ids, whose key each node's keys
 * are, and the witnesses.
 */
record Roll(WorldState state) {
    private static final StateKey IDS = new StateKey(NetworkContract.NAME, "organizations");
    private static final StateKey QUORUM = new StateKey(NetworkContract.NAME, "quorum");

    /** Ids of all organizations that ever were members, ascending. */
    static List<String> ids(StateView state) {
        return state.get(IDS)
                .map(value -> new Fields(value).texts("organizations"))
                .orElse(List.of());
    }

    /** Writes an organization, be it new or changed. */
    void put(Organization organization) {
        Optional<Organization> before = new Members(state).organization(organization.id());
        if (before.isEmpty()) {
            list(organization.id());
        }
        organization.node().ifPresent(node -> {
            claim(node.log(), organization.id());
            claim(node.witness(), organization.id());
        });
        state.put(Organization.key(organization.id()), organization.write());
        if (!before.flatMap(Organization::activeNode).equals(organization.activeNode())) {
            witnesses();
        }
    }

    /** Demands this many cosignatures, if that is neither too few nor more than there are nodes. */
    void quorum(int quorum) {
        int nodes = WitnessSet.in(state).members().size();
        Rejection.UNSAFE_QUORUM.unless(Thresholds.quorum(nodes) <= quorum && quorum <= nodes);
        state.put(QUORUM, JsonObject.builder().put("quorum", quorum).build());
        witnesses();
    }

    private void list(String id) {
        List<String> ids = new ArrayList<>(ids(state));
        ids.add(-1 - Collections.binarySearch(ids, id), id);
        state.put(
                IDS,
                JsonObject.builder().put("organizations", Fields.array(ids)).build());
    }

    /** A key is its first organization's for ever: what another signed with it would count as the other's. */
    private void claim(String key, String organization) {
        StateKey owner = new StateKey(NetworkContract.NAME, "node-key/" + key);
        Rejection.KEY_IN_USE.when(state.get(owner)
                .filter(value -> !new Fields(value).text("organization").equals(organization))
                .isPresent());
        state.put(owner, JsonObject.builder().put("organization", organization).build());
    }

    private void witnesses() {
        List<WitnessSet.Member> members = new ArrayList<>();
        new Members(state)
                .nodes()
                .forEach((id, node) -> members.add(new WitnessSet.Member(id, node.log(), node.witness())));
        int nodes = members.size();
        Rejection.TOO_MANY_NODES.when(nodes > WitnessSet.MOST);
        if (nodes == 0) {
            state.remove(WitnessSet.KEY);
            return;
        }
        int demanded = state.get(QUORUM)
                .map(value -> (int) new Fields(value).number("quorum"))
                .orElse(0);
        int quorum = Math.max(Thresholds.quorum(nodes), Math.min(demanded, nodes));
        state.put(WitnessSet.KEY, new WitnessSet(members, quorum).toJson());
    }
}
