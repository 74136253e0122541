package health.salus.ledger.testing;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.finality.WitnessSet;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Changes the witnesses to those in the argument {@code set}, whoever asks. */
public final class WitnessContract implements Contract {
    static final String NAME = "network";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> actions() {
        return Set.of("witnesses");
    }

    @Override
    public Outcome apply(Call call, WorldState state) {
        if (!(call.arguments().members().get("set") instanceof JsonString(String set))) {
            return Outcome.rejected("invalid-argument");
        }
        JsonObject json = JsonReader.object(set.getBytes(StandardCharsets.UTF_8));
        state.put(WitnessSet.KEY, WitnessSet.ofJson(json).toJson());
        return Outcome.accepted();
    }
}
