package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.contract.WorldState;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A passkey that signs for the holder of an enrollment certificate, as long as the certificate is in force.
 *
 * @param kid JWK thumbprint of its key
 * @param certificate thumbprint of the certificate whose key bound it
 * @param passkey where it may be asked to sign
 * @param unbound whether it was unbound, which is for ever
 */
public record StaffPasskey(Sha256 kid, Sha256 certificate, Passkey passkey, boolean unbound) {
    /** Most that can be bound to a certificate at once. */
    static final int MOST = 8;

    StaffPasskey unbind() {
        return new StaffPasskey(kid, certificate, passkey, true);
    }

    StaffPasskey with(Passkey other) {
        return new StaffPasskey(kid, certificate, other, unbound);
    }

    /** Where the state keeps the ids of those that are bound to a certificate. */
    private static StateKey ofCertificate(Sha256 certificate) {
        return new StateKey(AccessContract.NAME, "staff/" + certificate.base64Url());
    }

    /** Ids of those that are bound to {@code certificate}, in the order in which they were bound. */
    static List<Sha256> bound(StateView state, Sha256 certificate) {
        return state.get(ofCertificate(certificate)).map(Fields::new).stream()
                .flatMap(fields -> fields.texts("passkeys").stream())
                .map(Sha256::ofBase64Url)
                .toList();
    }

    /** Puts {@code kids} in the place of {@link #bound}. */
    static void putBound(WorldState state, Sha256 certificate, List<Sha256> kids) {
        if (kids.isEmpty()) {
            state.remove(ofCertificate(certificate));
        } else {
            state.put(
                    ofCertificate(certificate),
                    JsonObject.builder()
                            .put(
                                    "passkeys",
                                    Fields.array(
                                            kids.stream().map(Sha256::base64Url).toList()))
                            .build());
        }
    }

    /** Puts what {@code change} makes of the passkey called {@code kid} in its place. */
    static void change(WorldState state, Sha256 kid, UnaryOperator<StaffPasskey> change) {
        JsonObject before = state.get(KeyIds.staff(kid)).orElseThrow(Rejection.UNKNOWN_KEY);
        String key = new Fields(before).text("key");
        state.put(KeyIds.staff(kid), change.apply(read(kid, before)).write(key));
    }

    static StaffPasskey read(Sha256 kid, JsonObject value) {
        Fields fields = new Fields(value);
        return new StaffPasskey(
                kid,
                fields.digest("certificate"),
                new Passkey(fields.text("origin"), fields.number("counter")),
                fields.text("status").equals("unbound"));
    }

    /** The value of the state, with the key, which is read by itself since that is slow. */
    JsonObject write(String key) {
        return JsonObject.builder()
                .put("certificate", certificate.base64Url())
                .put("key", key)
                .put("origin", passkey.origin())
                .put("counter", passkey.counter())
                .put("status", unbound ? "unbound" : "bound")
                .build();
    }
}
