package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.backend.Body;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.Headers;
import health.salus.node.backend.SharedFhirServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to records behind the gateway's back, which nobody reads through it. */
@ExtendWith(SharedFhirServer.class)
class WriteAroundIT {
    private static final String OLDER = "{\"resourceType\":\"Patient\",\"id\":\"older\",\"gender\":\"female\"}";

    @TempDir
    private static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient admin;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        behind("PUT", "Patient/older", OLDER);
        network = TwoOrganizations.start(
                directory,
                "{kind: url, url: \"" + server.base() + "\"}",
                "--salus.proof.reconcile-every=500ms",
                "--salus.proof.scrub-every=200ms",
                "--salus.proof.scrub-versions=1000");
        staff = network.city(network.cityStaff, "system/*.cruds");
        admin = network.city(network.cityAdmin, "system/*.cruds");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @AfterEach
    void behave() {
        server.conduct(ForeignServer.Conduct.GOOD);
    }

    @Test
    void what_was_there_before_the_gateway_is_sealed_as_it_is_and_nothing_to_report() throws Exception {
        RecordReceipt receipt = RecordReceipt.parse(staff.receipt("/records/Patient/older/1/receipt"));

        assertThat(receipt.check(network.policy(), stored("Patient/older"), OwnBases.NONE)
                        .isVerified())
                .isTrue();
        assertThat(findings("Patient/older/_history/1")).isEmpty();
    }

    @Test
    void each_kind_of_write_around_the_gateway_is_found_and_sealed() throws Exception {
        String id = created(behind("POST", "Patient", patient("male")));
        findingOf("Patient/" + id + "/_history/1", "unsealed");

        behind("PUT", "Patient/" + id, "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"gender\":\"other\"}");
        findingOf("Patient/" + id + "/_history/2", "unsealed");

        behind("DELETE", "Patient/" + id, "");
        findingOf("Patient/" + id + "/_history/3", "unsealed");

        for (int version = 1; version <= 3; version++) {
            assertThat(staff.receipt("/records/Patient/" + id + "/" + version + "/receipt"))
                    .contains("Patient/" + id + "/_history/" + version);
        }
    }

    @Test
    void a_label_added_without_a_new_version_is_found_though_nobody_reads_it() throws Exception {
        String id = created(staff.post("/fhir/Patient", patient("female")));
        server.conduct((request, itself) -> {
            FhirResponse response = itself.exchange(request);
            return request.path().startsWith("Patient/" + id) // what $meta-add does to servers that keep tags apart
                    ? labelled(response)
                    : response;
        });

        assertThat(findingOf("Patient/" + id + "/_history/1", "altered")
                        .path("parts")
                        .toString())
                .isEqualTo("[\"LABELS\"]");
        assertThat(staff.get("/fhir/Patient/" + id).statusCode()).isEqualTo(500);
    }

    @Test
    void a_version_expunged_from_the_server_is_found() throws Exception {
        String id = created(staff.post("/fhir/Patient", patient("female")));
        behind("DELETE", "Patient/" + id, "");
        behind("POST", "Patient/" + id + "/$expunge", """
                {"resourceType":"Parameters","parameter":[{"name":"expungeDeletedResources","valueBoolean":true},\
                {"name":"expungePreviousVersions","valueBoolean":true}]}""");

        findingOf("Patient/" + id + "/_history/1", "missing");
    }

    @Test
    void a_version_on_which_alone_the_server_fails_is_found_and_a_server_that_fails_altogether_is_not()
            throws Exception {
        String first = created(staff.post("/fhir/Patient", patient("female")));
        String second = created(staff.post("/fhir/Patient", patient("female")));
        String third = created(staff.post("/fhir/Patient", patient("female")));
        AtomicInteger refused = new AtomicInteger();
        server.conduct((request, itself) -> {
            refused.incrementAndGet();
            return new FhirResponse(200, Headers.NONE, Body.of("<html>Sign in</html>"));
        });
        int twoRounds =
                2 * LogAudit.records(network).after(-1, Integer.MAX_VALUE).size();
        Eventually.found(() -> refused.get() > twoRounds ? refused : null);

        server.conduct((request, itself) -> request.path().startsWith("Patient/" + first)
                ? new FhirResponse(500, Headers.NONE, Body.EMPTY)
                : request.path().startsWith("Patient/" + second)
                        ? new FhirResponse(200, Headers.NONE, Body.of("{\"resourceType\":"))
                        : itself.exchange(request));
        findingOf("Patient/" + first + "/_history/1", "missing");
        findingOf("Patient/" + second + "/_history/1", "missing");
        assertThat(findings("Patient/" + third + "/_history/1")).isEmpty();
    }

    @Test
    void a_version_that_nobody_can_seal_is_reported_and_holds_up_no_other() throws Exception {
        String first = created(behind("POST", "Observation", observation("0." + "1".repeat(500))));
        String second = created(behind("POST", "Observation", observation("1.50")));

        findingOf("Observation/" + first + "/_history/1", "unsealable");
        findingOf("Observation/" + second + "/_history/1", "unsealed");
        HttpResponse<String> deleted = staff.post("/fhir", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"request":{"method":"DELETE","url":"Observation?_id=%s"}}]}""".formatted(second));
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
        assertThat(staff.receipt("/records/Observation/" + second + "/2/receipt"))
                .contains(second);
        HttpResponse<String> answer = staff.get("/fhir/Observation/" + first);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Exception");
    }

    private static JsonNode findingOf(String version, String kind) throws InterruptedException {
        return Eventually.found(() -> findings(version).stream()
                .filter(finding -> finding.path("kind").asText().equals(kind))
                .findFirst()
                .orElse(null));
    }

    private static List<JsonNode> findings(String version) {
        return TestClient.json(admin.get("/findings"))
                .path("findings")
                .valueStream()
                .filter(finding -> finding.path("record").asText().equals(version))
                .toList();
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode stored(String path) {
        return FhirJson.resource(staff.get("/fhir/" + path).body().getBytes(StandardCharsets.UTF_8));
    }

    private static FhirResponse behind(String method, String path, String body) {
        Headers headers = body.isEmpty() ? Headers.NONE : Headers.of("Content-Type", "application/fhir+json");
        return server.itself().exchange(new FhirRequest(method, path, "", headers, Body.of(body)));
    }

    private static String created(FhirResponse response) {
        assertThat(response.status()).as(response.body().text()).isEqualTo(201);
        return response.headers()
                .first("Location")
                .map(location -> location.replaceAll(".*/([^/]+)/_history/1", "$1"))
                .orElseThrow();
    }

    private static String created(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return TestPatient.id(response.body());
    }

    private static FhirResponse labelled(FhirResponse response) {
        String label = "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"V\"}";
        return new FhirResponse(
                response.status(),
                response.headers(),
                Body.of(response.body().text().replace("\"versionId\"", "\"security\":[" + label + "],\"versionId\"")));
    }

    private static String patient(String gender) {
        return "{\"resourceType\":\"Patient\",\"gender\":\"" + gender + "\"}";
    }

    private static String observation(String value) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueQuantity\":"
                + "{\"value\":" + value + "}}";
    }
}
