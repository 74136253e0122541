package health.salus.node.requester;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.Terms;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.identity.Handle;
import health.salus.node.requester.OwnEmergencies.Justification;
import health.salus.node.web.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks the gateway of one custodian, at the address that the ledger names: whatever the custodian says of other addresses has to
 * lie below it, so that neither tokens nor requests are led elsewhere. Methods throw {@link CustodianException}. Thread-safe.
 */
public final class CustodianClient {
    private static final String FHIR = "application/fhir+json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String READING = "system/*.rs";
    private static final Duration LONGEST_TOKEN = Duration.ofHours(1);
    private static final int READY_LATER = 202;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI fhir;
    private final OutgoingHttp http;
    private final InstantSource clock;

    /** @param fhirBase base address of the custodian's FHIR door, without a slash at the end */
    CustodianClient(URI fhirBase, OutgoingHttp http, InstantSource clock) {
        this.fhir = URI.create(fhirBase + "/");
        this.http = http;
        this.clock = clock;
    }

    /** Base address of the FHIR door, without a slash at the end. */
    public URI fhirBase() {
        return URI.create(fhir.toString().substring(0, fhir.toString().length() - 1));
    }

    /** Address of the token endpoint, which is the audience of assertions. */
    public URI tokenEndpoint() {
        HttpResponse<byte[]> answer = accepted(request(fhir.resolve(".well-known/smart-configuration")));
        String address = json(answer).path("token_endpoint").asText();
        if (!isBelow(fhir.resolve(".."), address) || address.contains("%")) { // encoded dots lead upwards too
            throw CustodianException.strange("custodian with a token endpoint elsewhere");
        }
        return URI.create(address);
    }

    /**
     * Gets a token that reads.
     *
     * @param tokenEndpoint from {@link #tokenEndpoint}
     * @param assertion signed {@link AssertionClaims}, in compact serialization
     */
    public AccessToken token(URI tokenEndpoint, String assertion) {
        String form = "grant_type=client_credentials&scope=" + encoded(READING) + "&client_assertion_type="
                + encoded(ASSERTION_TYPE) + "&client_assertion=" + encoded(assertion);
        JsonNode answer = json(
                accepted(request(tokenEndpoint).header("Content-Type", FORM).POST(BodyPublishers.ofString(form))));
        String token = answer.path("access_token").asText();
        long seconds = answer.path("expires_in").asLong();
        if (!token.matches("[A-Za-z0-9._~+/=-]{1,4096}") || seconds < 1) { // RFC 6750 §2.1
            throw CustodianException.strange("custodian with a token of another form");
        }
        Instant expires = clock.instant().plusSeconds(Math.min(seconds, LONGEST_TOKEN.toSeconds()));
        return new AccessToken(token, expires);
    }

    /** Deposits the terms of a grant; again is no error. */
    void deposit(AccessToken token, Handle grant, Terms terms) {
        deposit(
                token,
                "terms",
                JsonObject.builder().put("grant", grant.value()).put("terms", JsonReader.object(terms.canonical())));
    }

    /** Deposits the justification of an emergency access; again is no error. */
    void deposit(AccessToken token, Handle emergency, Justification justification) {
        deposit(
                token,
                "justifications",
                JsonObject.builder()
                        .put("emergency", emergency.value())
                        .put("salt", justification.salt().base64Url())
                        .put("text", justification.text()));
    }

    private void deposit(AccessToken token, String door, Json.Builder body) {
        accepted(authorized(token, fhir.resolve("../access/" + door))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.build().canonical())));
    }

    /**
     * Reads FHIR JSON.
     *
     * @param target path and query below the FHIR base, percent-encoded; a query alone asks the base itself
     */
    public ObjectNode read(AccessToken token, String target) {
        URI address = target.startsWith("?") ? URI.create(fhirBase() + target) : fhir.resolve(target);
        HttpResponse<byte[]> answer = accepted(authorized(token, address).header("Accept", FHIR));
        try {
            return FhirJson.resource(answer.body());
        } catch (FhirJsonException e) {
            throw CustodianException.strange("custodian answered what is no FHIR: " + e.getMessage());
        }
    }

    /** The receipt of a version, unchecked; empty while the ledger doesn't have its log's head yet. */
    public Optional<byte[]> receipt(AccessToken token, ResourceVersion version) {
        String path = "../records/" + version.resource() + "/" + version.version() + "/receipt";
        HttpResponse<byte[]> answer = accepted(authorized(token, fhir.resolve(path)));
        return answer.statusCode() == READY_LATER ? Optional.empty() : Optional.of(answer.body());
    }

    private HttpRequest.Builder authorized(AccessToken token, URI address) {
        return request(address).header("Authorization", "Bearer " + token.value());
    }

    private HttpRequest.Builder request(URI address) {
        if (!isBelow(fhir.resolve(".."), address.toString())) {
            throw new IllegalArgumentException("address that is none of the custodian's");
        }
        return HttpRequest.newBuilder(address);
    }

    private HttpResponse<byte[]> accepted(HttpRequest.Builder request) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request);
        } catch (IOException e) {
            throw CustodianException.unavailable(e);
        }
        if (answer.statusCode() < 200 || answer.statusCode() > 299) {
            throw CustodianException.ofStatus(answer.statusCode());
        }
        return answer;
    }

    private static boolean isBelow(URI base, String address) {
        return address.startsWith(base.toString()) && !address.contains("..") && !address.contains("#");
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw CustodianException.strange("custodian answered what is no JSON");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
