package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.WorldState;

/**
 * A key of an organization's enrollment CA.
 *
 * @param organization whose
 * @param key x ‖ y of the P-256 key, base64url
 * @param status active or revoked
 */
record Authority(String organization, String key, Status status) {
    private static final Codes<Status> STATUSES = Codes.of(Status.class);

    static Authority read(JsonObject value) {
        Fields fields = new Fields(value);
        return new Authority(fields.text("organization"), fields.text("key"), STATUSES.constant(fields.text("status")));
    }

    Authority with(Status status) {
        return new Authority(organization, key, status);
    }

    void put(WorldState state, Sha256 kid) {
        state.put(
                KeyIds.authority(kid),
                JsonObject.builder()
                        .put("organization", organization)
                        .put("key", key)
                        .put("status", Codes.code(status))
                        .build());
    }
}
