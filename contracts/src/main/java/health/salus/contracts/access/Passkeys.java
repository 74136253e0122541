package health.salus.contracts.access;

import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.WorldState;
import java.util.Optional;

/** What is asked of every signature by a passkey, and of none other. */
record Passkeys(WorldState state, Call call) {
    /** Rejects a signature that is not of the kind that its key makes, or was asked for elsewhere; counts it. */
    void check() {
        Optional<Passkey> passkey = new Access(state).passkey(call.signer());
        Rejection.WRONG_KIND_OF_KEY.unless(passkey.isPresent() == call.passkey().isPresent());
        if (passkey.isPresent()) {
            Passkey after = passkey.get().signed(call.passkey().orElseThrow());
            if (!after.equals(passkey.get())) {
                put(after);
            }
        }
    }

    private void put(Passkey after) {
        if (state.get(KeyIds.staff(call.signer())).isPresent()) {
            StaffPasskey.change(state, call.signer(), key -> key.with(after));
        } else {
            PersonKey.change(state, call.signer(), key -> key.with(after));
        }
    }
}
