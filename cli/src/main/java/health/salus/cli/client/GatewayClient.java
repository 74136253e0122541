package health.salus.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.PatientKey;
import health.salus.identity.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The doors of one organization, for whoever holds a key. Gets an access token by SMART Backend Services when it needs
 * one, from where the gateway's {@code .well-known/smart-configuration} says. Not thread-safe.
 *
 * <p>Methods throw {@link NodeUnavailableException} where nobody answers as a gateway does, and
 * {@link GatewayRefusedException} where the gateway says no.
 */
public final class GatewayClient {
    private static final String FHIR = "application/fhir+json";
    private static final int READY_LATER = 202;
    private static final int UNAVAILABLE = 500;
    private static final int TOO_MANY = 429;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HttpDoor fhir;
    private final Signer signer;
    private final String scope;
    private final Duration timeout;
    private String token = "";

    private GatewayClient(HttpDoor fhir, Signer signer, String scope, Duration timeout) {
        this.fhir = fhir;
        this.signer = signer;
        this.scope = scope;
        this.timeout = timeout;
    }

    /**
     * A client of one organization's gateway that reads.
     *
     * @param fhirBase base address of its FHIR door
     * @param timeout how long each method waits for an answer at most
     */
    public static GatewayClient of(URI fhirBase, Signer signer, Duration timeout) {
        String scope = signer instanceof PatientKey ? "patient/*.rs" : "system/*.rs";
        return new GatewayClient(new HttpDoor(fhirBase), signer, scope, timeout);
    }

    /** As {@link #of}, of one's own organization's gateway; it also writes. */
    public static GatewayClient writing(URI fhirBase, Signer signer, Duration timeout) {
        return new GatewayClient(new HttpDoor(fhirBase), signer, "system/*.cruds", timeout);
    }

    /** Base address of the FHIR door, with a slash at the end. */
    public URI fhirBase() {
        return fhir.resolve("");
    }

    /**
     * Reads from the FHIR door.
     *
     * @param address absolute, or relative to the base
     */
    public byte[] read(URI address) {
        return accepted(authorized(fhirBase().resolve(address))
                        .header("Accept", FHIR)
                        .GET())
                .body();
    }

    /**
     * Stores a resource: under its id, or without one under a new one.
     *
     * @param resource with a proper {@code resourceType}
     * @return the resource as it was stored
     */
    public byte[] store(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        String id = resource.path("id").asText();
        BodyPublisher body = BodyPublishers.ofByteArray(FhirJson.bytes(resource));
        HttpRequest.Builder request = authorized(fhir.resolve(id.isEmpty() ? type : type + "/" + id))
                .header("Accept", FHIR)
                .header("Content-Type", FHIR)
                .header("Prefer", "return=representation");
        return accepted(id.isEmpty() ? request.POST(body) : request.PUT(body)).body();
    }

    /** Reads a receipt, which may be there a moment later only. */
    public String receipt(String version) {
        Deadline deadline = new Deadline(timeout);
        while (true) {
            HttpResponse<byte[]> response =
                    accepted(authorized(fhirBase().resolve("../records/" + version + "/receipt"))
                            .GET());
            if (response.statusCode() != READY_LATER) {
                return new String(response.body(), StandardCharsets.UTF_8);
            }
            if (!deadline.pause(PAUSE)) {
                throw new NodeUnavailableException(
                        "the receipt of " + version + " is not there yet; try again later", null);
            }
        }
    }

    /**
     * Reads from another door of the organization.
     *
     * @param path relative to the organization's address
     */
    public JsonNode get(String path) {
        return Answers.json(
                accepted(authorized(fhirBase().resolve("../" + path)).GET()));
    }

    /**
     * Posts JSON to another door of the organization.
     *
     * @param path relative to the organization's address
     */
    public JsonNode post(String path, JsonObject body) {
        return Answers.json(accepted(authorized(fhirBase().resolve("../" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.canonical()))));
    }

    private HttpRequest.Builder authorized(URI address) {
        if (token.isEmpty()) {
            token = newToken();
        }
        return HttpRequest.newBuilder(address).timeout(timeout).header("Authorization", "Bearer " + token);
    }

    private String newToken() {
        HttpResponse<byte[]> configuration =
                accepted(HttpRequest.newBuilder(fhir.resolve(".well-known/smart-configuration"))
                        .timeout(timeout)
                        .GET());
        String address = Answers.json(configuration).path("token_endpoint").asText();
        if (!address.startsWith("http")) {
            throw Answers.strange(configuration);
        }
        URI endpoint = URI.create(address);
        HttpResponse<byte[]> response = accepted(HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        ClientAssertion.form(signer, scope, endpoint), StandardCharsets.US_ASCII)));
        return Answers.json(response).path("access_token").asText();
    }

    private HttpResponse<byte[]> accepted(HttpRequest.Builder request) {
        HttpResponse<byte[]> response;
        try {
            response = fhir.send(request.build());
        } catch (IOException e) {
            throw new NodeUnavailableException(String.valueOf(e.getMessage()), e);
        }
        int status = response.statusCode();
        if (status >= UNAVAILABLE || status == TOO_MANY) {
            throw new NodeUnavailableException(refusal(response) + "; try again later", null);
        }
        if (status < 200 || status >= 300) {
            throw new GatewayRefusedException(status, refusal(response));
        }
        return response;
    }

    /** Status, and what an OperationOutcome, a problem or an OAuth error says. */
    private static String refusal(HttpResponse<byte[]> response) {
        String text = response.request().uri().getPath() + " answered " + response.statusCode();
        JsonNode body = Answers.jsonOrNothing(response);
        JsonNode issue = body.path("issue").path(0);
        for (JsonNode said : new JsonNode[] {
            issue.path("diagnostics"),
            issue.path("details").path("text"),
            body.path("detail"),
            body.path("error_description")
        }) {
            if (said.isTextual()) {
                return text + ": " + said.asText();
            }
        }
        return text;
    }
}
