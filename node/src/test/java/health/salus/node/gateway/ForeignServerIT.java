package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.Scope;
import health.salus.node.backend.Body;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.Headers;
import health.salus.node.backend.SharedFhirServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway in front of a server that the organization had already. */
@ExtendWith(SharedFhirServer.class)
class ForeignServerIT {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"gender\":\"female\"}";

    @TempDir
    private static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient clinician;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(
                directory,
                "{kind: url, url: \"" + server.base() + "\", timeout: 5s}",
                "--salus.limits.backend-answer=1MB",
                "--salus.proof.reconcile-every=1s");
        staff = network.city(network.cityStaff, "system/*.cruds");
        clinician = network.city(network.clinician, "system/*.rs");
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
    void a_grant_lets_out_its_scope_and_no_address_of_the_server_behind() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        JsonNode found = clinician.read("Observation?patient=" + patient.handle());
        JsonNode everything = clinician.read("Patient/" + patient.handle() + "/$everything");
        JsonNode history = clinician.read(patient.laboratory() + "/_history");

        for (JsonNode bundle : List.of(found, everything, history)) {
            assertThat(bundle.path("entry")).hasSize(1);
            assertThat(bundle.path("entry").path(0).path("fullUrl").asText())
                    .isEqualTo(network.address + "/city/fhir/" + patient.laboratory());
            assertThat(bundle.toString()).doesNotContain(server.base().toString());
        }
        assertThat(clinician.get("/fhir/" + patient.vitalSigns()).statusCode()).isEqualTo(404);
        assertThat(clinician.receipt("/records/" + patient.laboratory() + "/1/receipt"))
                .contains(patient.laboratory());
        assertThat(patient.client()
                        .read("AuditEvent?patient=" + patient.handle())
                        .toString())
                .contains(patient.laboratory() + "/_history/1");
    }

    @Test
    void what_a_resource_contains_leaves_only_if_it_may_itself() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        String harmless = containing(
                patient, "\"performer\"", "{\"resourceType\":\"Organization\",\"id\":\"in\",\"name\":\"Lab\"}");
        List<String> withheld = List.of(
                containing(patient, "\"focus\"", """
                        {"resourceType":"Condition","id":"in","code":{"text":"depression"},"subject":{"reference":"Patient/%s"}}""".formatted(patient.id())),
                containing(patient, "\"focus\"", """
                        {"resourceType":"Observation","id":"in","status":"final","code":{"text":"pulse"},"category":\
                        [{"coding":[{"code":"vital-signs"}]}],"subject":{"reference":"Patient/%s"}}""".formatted(patient.id())),
                containing(patient, "\"focus\"", "{\"resourceType\":\"Patient\",\"id\":\"in\",\"gender\":\"male\"}"));

        assertThat(clinician.get("/fhir/" + harmless).statusCode()).isEqualTo(200);
        for (String query :
                List.of("Observation?patient=" + patient.handle(), "Patient/" + patient.handle() + "/$everything")) {
            assertThat(clinician.read(query).toString())
                    .contains(harmless, patient.laboratory())
                    .doesNotContain("depression", "pulse", "\"male\"");
        }
        for (String hidden : withheld) {
            assertThat(staff.get("/fhir/" + hidden).body()).contains("contained");
            for (String path : List.of(hidden, hidden + "/_history", hidden + "/_history/1")) {
                assertThat(clinician.get("/fhir/" + path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    /** A laboratory result that refers by {@code member} to what it contains. */
    private static String containing(TestPatient patient, String member, String contained) {
        HttpResponse<String> created = staff.post("/fhir/Observation", """
                {"resourceType":"Observation","contained":[%s],"status":"final","category":[{"coding":[{"system":\
                "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"x"},\
                "subject":{"reference":"Patient/%s"},%s:[{"reference":"#in"}]}""".formatted(contained, patient.id(), member));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return "Observation/" + TestPatient.id(created.body());
    }

    @Test
    void what_staff_reads_is_audited_though_nobody_has_a_handle() throws Exception {
        String id = TestPatient.id(staff.post("/fhir/Patient", PATIENT).body());
        assertThat(staff.get("/fhir/Patient/" + id).statusCode()).isEqualTo(200);

        JsonNode events = network.city(network.cityAdmin, "system/*.cruds").read("AuditEvent?_count=50");

        assertThat(events.path("entry")
                        .valueStream()
                        .map(entry -> entry.path("resource"))
                        .filter(event -> event.path("action").asText().equals("R")))
                .anySatisfy(event -> assertThat(event.toString()).contains("Patient/" + id + "/_history/1"));
    }

    @Test
    void pages_and_locations_lead_to_the_gateway() {
        HttpResponse<String> created = staff.post("/fhir/Patient", PATIENT);
        staff.post("/fhir/Patient", PATIENT);
        JsonNode page = staff.read("Patient?_count=1");

        assertThat(created.headers().firstValue("Location").orElseThrow()).startsWith(network.address + "/city/fhir/");
        String next = page.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .findFirst()
                .orElseThrow();
        assertThat(next).startsWith(network.address + "/city/fhir");
        assertThat(staff.get(next).statusCode()).isEqualTo(200);
        assertThat(page.toString()).doesNotContain(server.base().toString());
    }

    @Test
    void a_server_that_is_away_is_told_as_that_and_is_used_again_when_it_is_back() throws Exception {
        server.goAway();
        HttpResponse<String> read = staff.get("/fhir/Patient/1");
        HttpResponse<String> write = staff.post("/fhir/Patient", PATIENT);
        HttpResponse<String> batch = staff.post("/fhir", """
                {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/1"}}]}""");
        HttpResponse<String> search = staff.get("/fhir/Patient?gender=female");
        server.comeBack();

        for (HttpResponse<String> answer : List.of(read, write, batch, search)) {
            requireOutcome(answer, 503, "can't be reached");
        }
        assertThat(staff.post("/fhir/Patient", PATIENT).statusCode()).isEqualTo(201);
    }

    @Test
    void a_write_whose_answer_got_lost_is_told_as_unknown_and_sealed_later() throws Exception {
        AtomicReference<FhirResponse> lost = new AtomicReference<>();
        server.conduct((request, itself) -> {
            FhirResponse response = itself.exchange(request);
            if (request.method().equals("POST")) {
                lost.set(response);
                sleep();
            }
            return response;
        });

        requireOutcome(staff.post("/fhir/Patient", PATIENT), 504, "unknown");

        server.conduct(ForeignServer.Conduct.GOOD);
        String id = TestPatient.id(lost.get().body().text());
        assertThat(staff.receipt("/records/Patient/" + id + "/1/receipt")).contains("Patient/" + id);
    }

    @Test
    void a_version_that_can_not_be_read_back_is_told_as_that_and_sealed_later() throws Exception {
        AtomicReference<FhirResponse> written = new AtomicReference<>();
        server.conduct((request, itself) -> {
            if (request.method().equals("GET")) {
                return new FhirResponse(500, Headers.NONE, Body.of("java.lang.NullPointerException\n\tat Server.java"));
            }
            FhirResponse response = itself.exchange(request);
            written.set(response);
            return response;
        });

        requireOutcome(staff.post("/fhir/Patient", PATIENT), 503, "look before repeating");

        server.conduct(ForeignServer.Conduct.GOOD);
        String id = TestPatient.id(written.get().body().text());
        assertThat(staff.receipt("/records/Patient/" + id + "/1/receipt")).contains("Patient/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/1", "Patient?gender=male", "Patient/1/_history"})
    void a_silent_server_is_given_up(String path) {
        server.conduct((request, itself) -> {
            sleep();
            return itself.exchange(request);
        });

        requireOutcome(staff.get("/fhir/" + path), 504, "no complete answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/1", "Patient?gender=male", "Patient/1/_history"})
    void an_answer_that_is_too_large_is_not_taken(String path) {
        server.conduct((request, itself) -> new FhirResponse(
                200, Headers.NONE, Body.of("{\"resourceType\":\"Patient\",\"x\":\"" + "x".repeat(2 << 20) + "\"}")));

        requireOutcome(staff.get("/fhir/" + path), 504, "no complete answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in</html>", "{\"resourceType\":\"Patient\"", "[]", "{\"a\":1,\"a\":2}"})
    void an_answer_that_is_no_fhir_is_told_as_that(String nonsense) throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        server.conduct((request, itself) ->
                new FhirResponse(200, Headers.of("Content-Type", "application/fhir+json"), Body.of(nonsense)));

        requireOutcome(staff.get("/fhir/Patient/1"), 502, "FHIR JSON");
        requireOutcome(staff.get("/fhir/Patient?gender=male"), 502, "FHIR JSON");
        requireOutcome(clinician.get("/fhir/" + patient.laboratory()), 502, "FHIR JSON");
        requireOutcome(clinician.get("/fhir/Observation?patient=" + patient.handle()), 502, "FHIR JSON");
    }

    @Test
    void a_failure_of_the_server_shows_nothing_of_its_insides() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        server.conduct((request, itself) -> new FhirResponse(
                500,
                Headers.NONE,
                Body.of("<pre>java.sql.SQLException: patient Meier\n\tat org.server.Insides</pre>")));

        for (HttpResponse<String> answer : List.of(
                staff.get("/fhir/Patient/1"),
                staff.post("/fhir/Patient", PATIENT),
                clinician.get("/fhir/" + patient.laboratory()),
                clinician.get("/fhir/Observation?patient=" + patient.handle()))) {
            assertThat(answer.statusCode()).isIn(500, 503);
            assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Meier", "Insides", "SQL");
        }
    }

    @Test
    void a_write_around_the_gateway_is_found() throws Exception {
        String id = TestPatient.id(server.itself()
                .exchange(FhirRequest.json("POST", "Patient", Body.of(PATIENT)))
                .body()
                .text());

        TestClient admin = network.city(network.cityAdmin, "system/*.cruds");
        Eventually.found(() -> admin.get("/findings").body().contains("Patient/" + id + "/_history/1") ? id : null);
    }

    private static void requireOutcome(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("OperationOutcome", text).doesNotContain("Exception");
    }

    private static void sleep() {
        try {
            Thread.sleep(8_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Scope laboratoryOnly() {
        TreeMap<String, SortedSet<String>> types = new TreeMap<>();
        types.put("Observation", new TreeSet<>(Set.of("laboratory")));
        return new Scope(types, Collections.emptySortedSet(), Set.of(Interaction.values()), Optional.empty());
    }
}
