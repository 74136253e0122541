package health.salus.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Committed;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.transaction.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads what a node answers. @throws NodeUnavailableException where it is not what a node answers */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static Committed committed(Sha256 id, HttpResponse<byte[]> response) {
        return committed(id, json(response), response);
    }

    private static Committed committed(Sha256 id, JsonNode json, HttpResponse<byte[]> response) {
        if (!json.path("height").canConvertToLong() || !json.path("index").canConvertToLong()) {
            throw strange(response);
        }
        return new Committed(
                id,
                json.get("height").longValue(),
                json.get("index").longValue(),
                Optional.ofNullable(json.get("rejection")).map(code -> new RejectionCode(code.asText())));
    }

    /** What a line says of the transaction, of the answer to many. */
    static Submission submission(Sha256 id, String line, HttpResponse<byte[]> response) {
        try {
            JsonNode json = JSON.readTree(line);
            return switch (json.path("outcome").asText()) {
                case "accepted", "rejected" -> committed(id, json, response);
                case "unknown" -> new Submission.Unknown(id);
                case "refused" ->
                    new Refused(
                            refusal(json, response),
                            Optional.ofNullable(json.get("retry-after"))
                                    .map(seconds -> Duration.ofSeconds(seconds.asLong())));
                default -> throw strange(response);
            };
        } catch (IOException e) {
            throw strange(response);
        }
    }

    /** A problem (RFC 9457) with the member {@code code}. */
    static Refused refused(HttpResponse<byte[]> response) {
        return new Refused(refusal(json(response), response), retryAfter(response));
    }

    private static Refusal refusal(JsonNode json, HttpResponse<byte[]> response) {
        String code = json.path("code").asText();
        return Arrays.stream(Refusal.values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElseThrow(() -> strange(response));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw strange(response);
        }
    }

    /** The JSON of an answer; a missing node where it is something else. */
    static JsonNode jsonOrNothing(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static NodeUnavailableException strange(HttpResponse<byte[]> response) {
        return new NodeUnavailableException(
                response.uri() + " answered " + response.statusCode() + " in a way that this version does not know",
                null);
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
