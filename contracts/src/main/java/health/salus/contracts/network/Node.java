package health.salus.contracts.network;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;

/**
 * The node of the ledger that an organization runs.
 *
 * @param address its base URL, without a slash at the end
 * @param raft where it orders transactions with the others: {@code host:port}
 * @param log Ed25519 key with which it signs the ledger's checkpoints, 32 bytes in base64url
 * @param witness Ed25519 key with which it cosigns them, another one
 */
public record Node(String address, String raft, String log, String witness) {
    /** Reads what {@link #json} writes, as an argument. @throws InvalidArgumentException for anything else */
    static Node read(Arguments arguments) {
        Node node = new Node(
                Candidate.baseUrl(arguments, "address"),
                arguments.endpoint("raft"),
                arguments.ed25519Point("log"),
                arguments.ed25519Point("witness"));
        arguments.end();
        if (node.log.equals(node.witness)) {
            throw new InvalidArgumentException("witness: expected another key than log");
        }
        return node;
    }

    /** Reads what {@link #json} writes. @throws InvalidArgumentException for what the ledger would not accept */
    public static Node ofJson(JsonObject object) {
        return read(Arguments.of(object));
    }

    /** Reads what {@link #json} writes, in a value of the state. */
    static Node read(JsonObject value) {
        Fields fields = new Fields(value);
        return new Node(fields.text("address"), fields.text("raft"), fields.text("log"), fields.text("witness"));
    }

    /** As arguments and state have it. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("address", address)
                .put("raft", raft)
                .put("log", log)
                .put("witness", witness)
                .build();
    }
}
