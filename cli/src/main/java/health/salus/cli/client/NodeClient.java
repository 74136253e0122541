package health.salus.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.state.StateProof;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.TileSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ledger's door of one node, over HTTP. Everything here may be repeated safely. Thread-safe.
 *
 * <p>Methods throw {@link NodeUnavailableException} where the node does not answer, or not as a node does.
 */
public final class NodeClient {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpDoor door;
    private final Duration timeout;

    private NodeClient(HttpDoor door, Duration timeout) {
        this.door = door;
        this.timeout = timeout;
    }

    /**
     * A client of one node.
     *
     * @param node base address
     * @param timeout how long each method waits for an answer at most
     */
    public static NodeClient of(URI node, Duration timeout) {
        return new NodeClient(new HttpDoor(node), timeout);
    }

    /**
     * The network that the node belongs to, as it says.
     *
     * @param id of the network
     * @param logKey verification key of the ledger's log, {@code name+id+key}
     * @param height of the last block
     */
    public record Network(String id, String logKey, long height) {}

    /** Asks which network this is. */
    public Network network() {
        HttpResponse<byte[]> response = get("ledger");
        JsonNode json = Answers.json(response);
        if (response.statusCode() != OK
                || !json.has("network")
                || !json.has("verifier")
                || !json.path("height").canConvertToLong()) {
            throw Answers.strange(response);
        }
        return new Network(
                json.get("network").asText(),
                json.get("verifier").asText(),
                json.get("height").longValue());
    }

    /**
     * Submits a transaction, again and again where the node is busy or does not answer, until the time-out. The ledger
     * executes it once at most.
     *
     * @return {@link Submission.Unknown} if a request may have arrived and nobody said what became of it
     * @throws NodeUnavailableException if no request can have arrived
     */
    public Submission submit(Transaction transaction) {
        return new TransactionDoor(door, transaction, timeout).submit();
    }

    /**
     * Submits many as {@link #submit(Transaction)} does one, with few requests.
     *
     * @return what became of each, in order
     * @throws NodeUnavailableException if no request can have arrived
     */
    public List<Submission> submit(List<Transaction> transactions) {
        return transactions.isEmpty() ? List.of() : new BundleDoor(door, transactions, timeout).submit();
    }

    /** What became of a transaction; empty if it is not on the ledger. */
    public Optional<Submission.Committed> transaction(Sha256 id) {
        return found(get("ledger/transactions/" + id.base64Url())).map(response -> Answers.committed(id, response));
    }

    /** The receipt file of a transaction, unchecked; empty if it is not on the ledger. */
    public Optional<String> receipt(Sha256 id) {
        return found(get("ledger/transactions/" + id.base64Url() + "/receipt"))
                .map(response -> new String(response.body(), StandardCharsets.UTF_8));
    }

    /** How far the node is, as it says itself: canonical JSON, see the node's OpenAPI description. */
    public JsonNode status() {
        HttpResponse<byte[]> response = get("ledger/status");
        if (response.statusCode() != OK) {
            throw Answers.strange(response);
        }
        return Answers.json(response);
    }

    /** Whose signatures make a checkpoint believable now, as the node says: a file c2sp.org/tlog-policy. */
    public String policy() {
        HttpResponse<byte[]> response = get("ledger/policy");
        if (response.statusCode() != OK) {
            throw Answers.strange(response);
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Evidence files that the node keeps, unchecked. */
    public List<String> evidence() {
        HttpResponse<byte[]> response = get("ledger/evidence");
        if (response.statusCode() != OK) {
            throw Answers.strange(response);
        }
        List<String> files = new ArrayList<>();
        Answers.json(response).path("evidence").forEach(file -> files.add(file.asText()));
        return files;
    }

    /** Header of the block at {@code height}, as the node tells it; empty if there is none. */
    public Optional<BlockHeader> block(long height) {
        return found(get("ledger/blocks/" + height)).map(response -> {
            try {
                return BlockHeader.ofJson(JsonReader.object(response.body()));
            } catch (JsonException e) {
                throw Answers.strange(response);
            }
        });
    }

    /** The world state after the last block, as the node tells it; each reading may see a later block. */
    public StateView state() {
        return key -> value(key, OptionalLong.empty());
    }

    /** The world state after the block at {@code height}, as the node tells it. */
    public StateView state(long height) {
        return key -> value(key, OptionalLong.of(height));
    }

    /**
     * What a node says about one key of the world state after its last block; nothing is checked yet.
     *
     * @param height of that block
     * @param value empty: there is none
     */
    public record Claim(long height, Optional<JsonObject> value, StateProof proof) {}

    /** Asks for the value under {@code key} and its proof. */
    public Claim prove(StateKey key) {
        HttpResponse<byte[]> response = get("ledger/state/" + key + "?proof=true");
        try {
            Map<String, Json> answer = JsonReader.object(response.body()).members();
            if (response.statusCode() == OK
                    && answer.get("height") instanceof JsonInteger(long height)
                    && answer.get("proof") instanceof JsonObject proof) {
                return new Claim(
                        height,
                        Optional.ofNullable(answer.get("value")).map(JsonObject.class::cast),
                        StateProof.ofJson(proof));
            }
        } catch (JsonException | ClassCastException e) {
            throw Answers.strange(response);
        }
        throw Answers.strange(response);
    }

    /** The files of the ledger's log, as the node serves them. */
    public TileSource ledgerTiles() {
        return new HttpTiles(door.resolve("ledger"));
    }

    private Optional<JsonObject> value(StateKey key, OptionalLong height) {
        String at = height.isPresent() ? "?height=" + height.getAsLong() : "";
        HttpResponse<byte[]> response = get("ledger/state/" + key + at);
        try {
            if (response.statusCode() == OK) {
                return Optional.ofNullable(
                                JsonReader.object(response.body()).members().get("value"))
                        .map(JsonObject.class::cast);
            }
        } catch (JsonException | ClassCastException e) {
            throw Answers.strange(response);
        }
        throw Answers.strange(response);
    }

    private static Optional<HttpResponse<byte[]>> found(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case OK -> Optional.of(response);
            case NOT_FOUND -> Optional.empty();
            default -> throw Answers.strange(response);
        };
    }

    private HttpResponse<byte[]> get(String path) {
        try {
            return door.send(door.request(path, timeout).GET().build());
        } catch (IOException e) {
            throw new NodeUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
