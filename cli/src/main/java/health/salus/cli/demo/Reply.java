package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to one HTTP call. */
record Reply(HttpResponse<byte[]> response) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RECEIPT = Pattern.compile("<([^>]+)>; rel=\"[^\"]*receipt\"");

    int status() {
        return response.statusCode();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The JSON in it. */
    JsonNode json() {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StepFailedException("expected JSON, found: " + brief(), e);
        }
    }

    /** The FHIR resource in it. */
    ObjectNode resource() {
        return FhirJson.resource(response.body());
    }

    /** The resources in the Bundle in it. */
    List<ObjectNode> resources() {
        List<ObjectNode> resources = new ArrayList<>();
        resource().path("entry").forEach(entry -> {
            if (entry.path("resource") instanceof ObjectNode resource) {
                resources.add(resource);
            }
        });
        return resources;
    }

    /** What the OperationOutcome in it says. */
    String diagnostics() {
        return resource().path("issue").path(0).path("diagnostics").asText();
    }

    /** Path of the receipt that the header {@code Link} leads to. */
    String receipt() {
        Matcher link = RECEIPT.matcher(response.headers().firstValue("Link").orElse(""));
        if (!link.find()) {
            throw new StepFailedException("no link to a receipt in the answer");
        }
        return response.uri().resolve(link.group(1)).getRawPath();
    }

    /** This answer. @throws StepFailedException if it has another status */
    Reply expect(int status) {
        StepFailedException.unless(
                status() == status, "expected status " + status + ", found " + status() + ": " + brief());
        return this;
    }

    private String brief() {
        String text = text().replaceAll("\\s+", " ");
        return text.length() <= 300 ? text : text.substring(0, 300) + " …";
    }
}
