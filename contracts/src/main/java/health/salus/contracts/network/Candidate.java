package health.salus.contracts.network;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;
import java.util.Optional;

/**
 * What a network is told about an organization that is to take part.
 *
 * @param organization its id
 * @param authority key of its enrollment CA
 * @param gateway base URL of its FHIR gateway, without a slash at the end
 * @param logKey Ed25519 key of its record log's checkpoints, 32 bytes in base64url
 * @param node the node of the ledger that it runs, if it runs one
 */
public record Candidate(
        String organization, P256PublicKey authority, String gateway, String logKey, Optional<Node> node) {
    /** One that runs no node. */
    public Candidate(String organization, P256PublicKey authority, String gateway, String logKey) {
        this(organization, authority, gateway, logKey, Optional.empty());
    }

    /** Reads what {@link #json} writes. @throws InvalidArgumentException for anything else */
    public static Candidate ofJson(JsonObject object) {
        Arguments arguments = Arguments.of(object);
        Candidate candidate = read(arguments);
        arguments.end();
        return candidate;
    }

    static Candidate read(Arguments arguments) {
        return new Candidate(
                arguments.organization("organization"),
                arguments.key("authority"),
                baseUrl(arguments, "gateway"),
                arguments.ed25519Key("log"),
                arguments.optional("node", arguments::object).map(Node::read));
    }

    static String baseUrl(Arguments arguments, String name) {
        String url = arguments.url(name);
        if (url.endsWith("/")) {
            throw new InvalidArgumentException(name + ": expected no slash at the end");
        }
        return url;
    }

    /** As genesis, proposals and {@code organization.json} have it. */
    public JsonObject json() {
        return write(JsonObject.builder()).build();
    }

    Json.Builder write(Json.Builder object) {
        node.ifPresent(running -> object.put("node", running.json()));
        return object.put("organization", organization)
                .put("authority", authority.base64Url())
                .put("gateway", gateway)
                .put("log", logKey);
    }
}
