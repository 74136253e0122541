package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.util.List;
import java.util.Optional;

/**
 * A member of the network.
 *
 * @param id as {@link health.salus.identity.OrganizationId} says
 * @param authorities key ids (JWK thumbprints) of its enrollment CA, at least one
 * @param gateway base URL of its FHIR gateway, without a slash at the end
 * @param logKey Ed25519 key that signs the checkpoints of its record log: 32 bytes in base64url
 * @param node the node of the ledger that it runs, if it runs one
 * @param status active, suspended or removed
 */
public record Organization(
        String id, List<Sha256> authorities, String gateway, String logKey, Optional<Node> node, Status status) {
    private static final Codes<Status> STATUSES = Codes.of(Status.class);
    private static final String ACTIVE = Codes.code(Status.ACTIVE);

    public Organization {
        authorities = List.copyOf(authorities);
    }

    /** Whether it takes part at the moment. */
    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /** Its node, if it takes part. */
    Optional<Node> activeNode() {
        return node.filter(running -> isActive());
    }

    /** Whether the organization with this value of the state takes part; every decision asks. */
    static boolean isActive(JsonObject value) {
        return new Fields(value).text("status").equals(ACTIVE);
    }

    Organization with(Status status) {
        return new Organization(id, authorities, gateway, logKey, node, status);
    }

    Organization with(List<Sha256> authorities) {
        return new Organization(id, authorities, gateway, logKey, node, status);
    }

    Organization with(Optional<Node> node) {
        return new Organization(id, authorities, gateway, logKey, node, status);
    }

    static StateKey key(String id) {
        return new StateKey(NetworkContract.NAME, "organization/" + id);
    }

    static Organization read(String id, JsonObject value) {
        Fields fields = new Fields(value);
        return new Organization(
                id,
                fields.texts("authorities").stream().map(Sha256::ofBase64Url).toList(),
                fields.text("gateway"),
                fields.text("log"),
                fields.optional("node", fields::object).map(Node::read),
                STATUSES.constant(fields.text("status")));
    }

    JsonObject write() {
        Json.Builder value = JsonObject.builder()
                .put(
                        "authorities",
                        Fields.array(authorities.stream().map(Sha256::base64Url).toList()))
                .put("gateway", gateway)
                .put("log", logKey)
                .put("status", Codes.code(status));
        node.ifPresent(running -> value.put("node", running.json()));
        return value.build();
    }
}
