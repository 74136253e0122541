package health.salus.contracts.access;

import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.util.ArrayList;
import java.util.List;

/** Passkeys of the holders of enrollment certificates. */
record Staff(WorldState state, Call call) {
    /** A passkey binds no other: who has found one of somebody's can't add one of their own. */
    Event bind(P256PublicKey key, String origin) {
        Certificate signer =
                new Members(state).inForce(call.signer(), call.time()).orElseThrow(Rejection.NOT_AUTHORIZED);
        List<Sha256> bound = new ArrayList<>(StaffPasskey.bound(state, signer.kid()));
        Rejection.TOO_MANY_KEYS.when(bound.size() >= StaffPasskey.MOST);
        Sha256 kid = key.thumbprint();
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, kid));
        StaffPasskey made = new StaffPasskey(kid, signer.kid(), new Passkey(origin, 0), false);
        state.put(KeyIds.staff(kid), made.write(key.base64Url()));
        bound.add(kid);
        StaffPasskey.putBound(state, signer.kid(), bound);
        return event("access.passkey-bound", signer, kid);
    }

    Event unbind(Sha256 kid) {
        Access access = new Access(state);
        StaffPasskey passkey =
                access.staffPasskey(kid).filter(found -> !found.unbound()).orElseThrow(Rejection.UNKNOWN_KEY);
        Certificate holder =
                new Members(state).certificate(passkey.certificate()).orElseThrow(Rejection.UNKNOWN_CERTIFICATE);
        Rejection.NOT_AUTHORIZED.unless(access.signingCertificate(call.signer(), call.time())
                .filter(signer -> signer.kid().equals(holder.kid())
                        || (signer.role() == Role.ADMIN && signer.organization().equals(holder.organization())))
                .isPresent());
        StaffPasskey.change(state, kid, StaffPasskey::unbind);
        List<Sha256> left = new ArrayList<>(StaffPasskey.bound(state, holder.kid()));
        left.remove(kid);
        StaffPasskey.putBound(state, holder.kid(), left);
        return event("access.passkey-unbound", holder, kid);
    }

    private static Event event(String type, Certificate holder, Sha256 kid) {
        return new Event(
                type,
                JsonObject.builder()
                        .put("organization", holder.organization())
                        .put("certificate", holder.kid().base64Url())
                        .put("kid", kid.base64Url())
                        .build());
    }
}
