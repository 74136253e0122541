package health.salus.contracts.records;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;

/**
 * Where a patient's records are.
 *
 * @param custodian organization that keeps them
 * @param url FHIR URL that ends in {@code /Patient/<handle>}
 */
public record Location(String custodian, String url) {
    static StateKey key(Handle patient) {
        return new StateKey(RecordsContract.NAME, "location/" + patient);
    }

    static Location read(JsonObject value) {
        Fields fields = new Fields(value);
        return new Location(fields.text("custodian"), fields.text("url"));
    }

    JsonObject write() {
        return JsonObject.builder().put("custodian", custodian).put("url", url).build();
    }
}
