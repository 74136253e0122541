package health.salus.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFhirServerIT {
    @TempDir
    static Path directory;

    private static final Pattern LOCATION =
            Pattern.compile("\"location\":\\s*\"([A-Z][A-Za-z]+/[A-Za-z0-9.-]+)/_history/1\"");
    private static EmbeddedFhirServer server;
    private static LoopbackPort port;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedFhirServer.start(
                FhirServerSettings.inDirectory(directory, URI.create("http://hospital.example/fhir")));
        port = LoopbackPort.open(server.ready().get(5, TimeUnit.MINUTES));
    }

    @AfterAll
    static void stop() throws Exception {
        port.close();
        server.close();
    }

    @Test
    void says_that_it_speaks_r4() throws Exception {
        HttpResponse<String> answer = get("/metadata");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"fhirVersion\":\"4.0.1\"").contains("\"CapabilityStatement\"");
    }

    @Test
    void a_patient_is_created_read_updated_found_and_deleted() throws Exception {
        HttpResponse<String> created = send("PUT", "/Patient/pat-1", """
                {"resourceType":"Patient","id":"pat-1","gender":"female"}""");
        HttpResponse<String> updated = send("PUT", "/Patient/pat-1", """
                {"resourceType":"Patient","id":"pat-1","gender":"female","birthDate":"1970-01-01"}""");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(get("/Patient/pat-1").body()).contains("1970-01-01").contains("\"versionId\":\"2\"");
        assertThat(get("/Patient/pat-1/_history/1").body()).doesNotContain("1970-01-01");
        assertThat(get("/Patient?birthdate=1970-01-01").body()).contains("http://hospital.example/fhir/Patient/pat-1");
        assertThat(send("DELETE", "/Patient/pat-1", "").statusCode()).isEqualTo(200);
        assertThat(get("/Patient/pat-1").statusCode()).isEqualTo(410);
    }

    @Test
    void a_transaction_stores_resources_that_refer_to_each_other() throws Exception {
        HttpResponse<String> answer = send("POST", "/", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:3d4e9f3c-0f7b-4c7a-9c59-6f1f6d0f3a01",
                  "resource":{"resourceType":"Patient","gender":"male"},
                  "request":{"method":"POST","url":"Patient"}},
                 {"resource":{"resourceType":"Observation","status":"final","code":{"text":"weight"},
                   "subject":{"reference":"urn:uuid:3d4e9f3c-0f7b-4c7a-9c59-6f1f6d0f3a01"}},
                  "request":{"method":"POST","url":"Observation"}}]}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("201 Created");
        assertThat(get("/Observation?patient.gender=male").body()).contains("\"reference\":\"Patient/");
    }

    @Test
    void a_refused_request_gets_an_operation_outcome_without_a_stack_trace() throws Exception {
        HttpResponse<String> answer = send("POST", "/Patient", "{\"resourceType\":\"Patient\"");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("at ca.uhn");
    }

    @Test
    void resources_come_out_of_the_database_as_the_server_answers_them() throws Exception {
        List<String> stored = new ArrayList<>();
        for (String bundle :
                List.of("00-hospitals", "01-practitioners", "patient-091aa94c-7270-a031-7392-bde21611e446")) {
            HttpResponse<String> loaded = send("POST", "/", bundle(bundle));
            assertThat(loaded.statusCode()).isEqualTo(200);
            LOCATION.matcher(loaded.body()).results().forEach(location -> stored.add(location.group(1)));
        }
        stored.add(put("Patient/labelled", """
                {"resourceType":"Patient","id":"labelled","meta":{"profile":["http://example.org/p"],"tag":[{"code":"t"}],
                 "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]},
                 "contained":[{"resourceType":"Organization","id":"o","name":"\\u00e9 \\u2028 \\ud83d\\ude00"}],
                 "managingOrganization":{"reference":"#o"}}"""));
        stored.add(put("Patient/empty", "{\"resourceType\":\"Patient\",\"id\":\"empty\"}"));
        stored.add(put("Patient/empty", "{\"resourceType\":\"Patient\",\"id\":\"empty\",\"active\":true}"));

        assertThat(stored).hasSizeGreaterThan(100);
        for (String path : stored) {
            String[] typeAndId = path.split("/", 2);
            assertThat(server.stored(typeAndId[0], typeAndId[1]))
                    .get()
                    .satisfies(resource -> assertThat(new String(resource.json(), StandardCharsets.UTF_8))
                            .isEqualTo(get("/" + path).body()));
        }
    }

    @Test
    void what_only_the_server_can_tell_does_not_come_out_of_the_database() throws Exception {
        put("Patient/gone", "{\"resourceType\":\"Patient\",\"id\":\"gone\"}");
        send("DELETE", "/Patient/gone", "");
        put("Patient/target", "{\"resourceType\":\"Patient\",\"id\":\"target\"}");
        put("Patient/absolute", """
                {"resourceType":"Patient","id":"absolute","link":[{"type":"seealso",
                 "other":{"reference":"http://hospital.example/fhir/Patient/target"}}]}""");

        assertThat(server.stored("Patient", "gone")).isEmpty();
        assertThat(server.stored("Patient", "never")).isEmpty();
        assertThat(server.stored("Observation", "target")).isEmpty();
        assertThat(server.stored("Patient", "absolute")).isEmpty();
        assertThat(get("/Patient/absolute").body()).contains("\"reference\":\"Patient/target\"");
    }

    private static String put(String path, String body) throws IOException, InterruptedException {
        assertThat(send("PUT", "/" + path, body).statusCode()).isBetween(200, 201);
        return path;
    }

    private static String bundle(String name) throws IOException {
        Path file = Path.of("../sample-data/bundles", name + ".json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(port.base().resolve("/fhir" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/fhir+json")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
