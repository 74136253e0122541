package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.WorldState;
import java.util.Optional;

/** What is asked of every signature by a passkey, and of none other. */
record Passkeys(WorldState state, Call call) {
    /** Rejects a signature that is not of the kind that its key makes, or was asked for elsewhere; counts it. */
    void check() {
        Optional<JsonObject> value = state.get(KeyIds.person(call.signer()));
        Optional<PersonKey> signer = value.map(known -> PersonKey.read(call.signer(), known));
        Optional<Passkey> passkey = signer.flatMap(PersonKey::passkey);
        Rejection.WRONG_KIND_OF_KEY.unless(passkey.isPresent() == call.passkey().isPresent());
        if (passkey.isPresent()) {
            Passkey after = passkey.get().signed(call.passkey().orElseThrow());
            if (!after.equals(passkey.get())) {
                String key = new Fields(value.orElseThrow()).text("key");
                state.put(
                        KeyIds.person(call.signer()),
                        signer.orElseThrow().with(after).write(key));
            }
        }
    }
}
