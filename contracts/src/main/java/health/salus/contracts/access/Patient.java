package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;
import java.util.List;

/**
 * A patient at one custodian.
 *
 * @param handle random, and of this custodian only
 * @param custodian organization that keeps the records
 * @param keys ids of the patient's own keys in use, at least one
 */
public record Patient(Handle handle, String custodian, List<Sha256> keys) {
    public Patient {
        keys = List.copyOf(keys);
    }

    static StateKey key(Handle handle) {
        return new StateKey(AccessContract.NAME, "patient/" + handle);
    }

    static Patient read(Handle handle, JsonObject value) {
        Fields fields = new Fields(value);
        return new Patient(
                handle,
                fields.text("custodian"),
                fields.texts("keys").stream().map(Sha256::ofBase64Url).toList());
    }

    JsonObject write() {
        return JsonObject.builder()
                .put("custodian", custodian)
                .put("keys", Fields.array(keys.stream().map(Sha256::base64Url).toList()))
                .build();
    }
}
