package health.salus.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a database that speaks the API of OSV (Open Source Vulnerabilities, version 1) which holes libraries are known to have. */
final class KnownHoles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUERIES_AT_ONCE = 500; // OSV takes 1000

    private final URI base;

    /** @param base as {@code https://api.osv.dev} */
    KnownHoles(URI base) {
        this.base = base;
    }

    /**
     * A hole of a library.
     *
     * @param library its coordinates, as {@code com.h2database:h2:2.3.232}
     * @param id the database's name for it, as {@code GHSA-…} or {@code CVE-…}
     */
    record Hole(String library, String id) {}

    /** @throws IOException also where the answer is none or not complete: nothing may pass because nobody answered */
    List<Hole> of(List<Sbom.Component> libraries) throws IOException, InterruptedException {
        List<Hole> holes = new ArrayList<>();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            for (int from = 0; from < libraries.size(); from += QUERIES_AT_ONCE) {
                List<Sbom.Component> some = libraries.subList(from, Math.min(from + QUERIES_AT_ONCE, libraries.size()));
                holes.addAll(read(ask(client, some), some));
            }
        }
        return holes;
    }

    private JsonNode ask(HttpClient client, List<Sbom.Component> libraries) throws IOException, InterruptedException {
        ObjectNode question = JSON.createObjectNode();
        ArrayNode queries = question.putArray("queries");
        for (Sbom.Component library : libraries) {
            queries.addObject()
                    .put("version", library.version())
                    .putObject("package")
                    .put("ecosystem", "Maven")
                    .put("name", library.group() + ":" + library.name());
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/querybatch"))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answers " + response.statusCode() + " (expected: 200)");
        }
        return JSON.readTree(response.body());
    }

    private static List<Hole> read(JsonNode answer, List<Sbom.Component> libraries) throws IOException {
        JsonNode results = answer.path("results");
        if (results.size() != libraries.size()) {
            throw new IOException(results.size() + " answers to " + libraries.size() + " questions");
        }
        List<Hole> holes = new ArrayList<>();
        for (int i = 0; i < libraries.size(); i++) {
            for (JsonNode hole : results.get(i).path("vulns")) {
                holes.add(
                        new Hole(libraries.get(i).coordinates(), hole.path("id").asText()));
            }
        }
        return holes;
    }
}
