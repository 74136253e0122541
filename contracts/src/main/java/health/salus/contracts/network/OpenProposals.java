package health.salus.contracts.network;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import java.util.ArrayList;
import java.util.List;

/** The ids of the proposals that were not closed, in the order in which they were made. */
record OpenProposals(List<Sha256> ids) {
    /** Most at once. */
    static final int MOST = 64;

    /** Most at once of one organization. */
    static final int MOST_OF_ONE = 8;

    private static final StateKey KEY = new StateKey(NetworkContract.NAME, "proposals");

    OpenProposals {
        ids = List.copyOf(ids);
    }

    static OpenProposals in(StateView state) {
        return state.get(KEY)
                .map(value -> new OpenProposals(new Fields(value)
                        .texts("open").stream().map(Sha256::ofBase64Url).toList()))
                .orElse(new OpenProposals(List.of()));
    }

    OpenProposals with(Sha256 id) {
        List<Sha256> more = new ArrayList<>(ids);
        more.add(id);
        return new OpenProposals(more);
    }

    OpenProposals without(Sha256 id) {
        return new OpenProposals(ids.stream().filter(other -> !other.equals(id)).toList());
    }

    void put(WorldState state) {
        state.put(
                KEY,
                JsonObject.builder()
                        .put(
                                "open",
                                Fields.array(ids.stream().map(Sha256::base64Url).toList()))
                        .build());
    }
}
