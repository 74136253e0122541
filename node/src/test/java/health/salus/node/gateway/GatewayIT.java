package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.Scope;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.provenance.VersionReceipt;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhirserver.H2Files;
import health.salus.identity.Handle;
import health.salus.node.NodeParts;
import health.salus.node.backend.Body;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class GatewayIT {
    @TempDir
    private static Path directory;

    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient clinician;

    @BeforeAll
    static void start() throws Exception {
        network = TwoOrganizations.start(directory, "{kind: embedded}", "--salus.listen.trusted-proxies=127.0.0.3");
        staff = network.city(network.cityStaff, "system/*.cruds");
        clinician = network.city(network.clinician, "system/*.rs");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void what_the_server_can_do_is_told_to_everybody() {
        HttpResponse<String> answer =
                TestClient.send(HttpRequest.newBuilder(java.net.URI.create(network.address + "/city/fhir/metadata"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("CapabilityStatement", network.address + "/city/token");
    }

    @Test
    void who_has_no_token_gets_an_outcome_and_nothing_else() {
        HttpResponse<String> answer =
                TestClient.send(HttpRequest.newBuilder(java.net.URI.create(network.address + "/city/fhir/Patient/1"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.body()).contains("OperationOutcome");
    }

    @Test
    void a_written_version_has_a_receipt_that_checks_offline() throws Exception {
        HttpResponse<String> created =
                staff.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"gender\":\"other\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        String link = created.headers().firstValue("Link").orElseThrow();
        String url = link.substring(1, link.indexOf('>'));

        RecordReceipt receipt = RecordReceipt.parse(staff.receipt(url));

        String id = TestClient.json(created).path("id").asText();
        var stored = FhirJson.resource(staff.get("/fhir/Patient/" + id).body().getBytes(StandardCharsets.UTF_8));
        assertThat(receipt.check(network.policy(), stored, OwnBases.of(network.address + "/city/fhir"))
                        .isVerified())
                .isTrue();
        assertThat(VersionReceipt.ofProvenance(FhirJson.resource(staff.get(url.replace("/receipt", "/provenance"))
                                .body()
                                .getBytes(StandardCharsets.UTF_8)))
                        .seal())
                .isEqualTo(receipt.seal());
        stored.put("gender", "female");
        assertThat(receipt.check(network.policy(), stored, OwnBases.NONE).isVerified())
                .isFalse();
    }

    @Test
    void each_version_of_a_transaction_bundle_and_of_a_deletion_is_sealed() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        String base = network.address + "/city/records/";
        assertThat(staff.receipt(base + patient.laboratory() + "/1/receipt")).contains("salus-record-receipt/v1");

        HttpResponse<String> deleted = staff.send("DELETE", "/fhir/" + patient.vitalSigns(), "");
        assertThat(deleted.statusCode()).isBetween(200, 204);
        assertThat(staff.receipt(base + patient.vitalSigns() + "/2/receipt")).contains("salus-record-receipt/v1");
    }

    @Test
    void a_clinic_is_refused_then_approved_then_refused_again() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        assertThat(clinician.get("/fhir/Patient/" + patient.handle()).statusCode())
                .isEqualTo(403);
        assertThat(clinician.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(404);

        Handle grant = patient.grantTo(clinician, Scope.of("Patient", "Observation"));

        assertThat(clinician.read("Patient/" + patient.handle()).path("id").asText())
                .isEqualTo(patient.id());
        assertThat(clinician.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(200);
        JsonNode page = clinician.read("Observation?patient=" + patient.handle() + "&_count=1");
        String next = link(page, "next");
        assertThat(clinician.get(next).statusCode()).isEqualTo(200);

        network.submit(
                new AccessAction.Revoke(grant),
                patient.client().kid(),
                patient.client().key());

        assertThat(clinician.get("/fhir/Patient/" + patient.handle()).statusCode())
                .isEqualTo(403);
        assertThat(clinician.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(404);
        assertThat(clinician
                        .get("/fhir/Observation?patient=" + patient.handle() + "&_count=1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(clinician.get(next).statusCode()).isEqualTo(403);
    }

    @Test
    void nothing_outside_the_grant_leaves_by_any_interaction() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        TestPatient other = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        assertThat(ids(clinician.read("Observation?patient=" + patient.handle())))
                .containsExactly(patient.laboratory());
        assertThat(ids(clinician.read(
                        "Observation?subject=Patient/" + patient.handle() + "&_include=Observation:subject"
                                + "&_include=Observation:performer&_revinclude=Provenance:target&_total=accurate")))
                .containsExactly(patient.laboratory());
        assertThat(ids(clinician.read("Patient/" + patient.handle() + "/$everything")))
                .containsExactly(patient.laboratory());
        assertThat(ids(TestClient.json(
                        clinician.form("/fhir/Observation/_search", "patient=" + patient.handle() + "&_count=10"))))
                .containsExactly(patient.laboratory());
        assertThat(ids(clinician.read(patient.laboratory() + "/_history"))).containsExactly(patient.laboratory());
        assertThat(clinician
                        .get("/fhir/" + patient.laboratory() + "/_history/1")
                        .statusCode())
                .isEqualTo(200);

        for (String hidden :
                List.of(patient.vitalSigns(), patient.restricted(), patient.condition(), other.laboratory())) {
            assertThat(clinician.get("/fhir/" + hidden).statusCode()).as(hidden).isEqualTo(404);
            assertThat(clinician.get("/fhir/" + hidden + "/_history/1").statusCode())
                    .isEqualTo(404);
            assertThat(clinician.get("/fhir/" + hidden + "/_history").statusCode())
                    .isEqualTo(404);
            assertThat(clinician.get("/fhir/" + hidden).body())
                    .isEqualTo(clinician.get("/fhir/Observation/no-such-id").body());
            assertThat(clinician.get("/city/records/" + hidden + "/1/receipt").statusCode())
                    .isEqualTo(404);
        }
        assertThat(clinician.get("/fhir/Observation?patient=" + other.handle()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void no_answer_tells_how_much_is_withheld() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        JsonNode found = clinician.read("Observation?patient=" + patient.handle() + "&_count=1&_sort=-_lastUpdated");

        assertThat(found.has("total")).isFalse();
        assertThat(ids(found)).containsExactly(patient.laboratory());
        assertThat(found.toString()).doesNotContain("_getpages");
        JsonNode following = found;
        for (int pages = 0; !link(following, "next").isEmpty(); pages++) {
            following = TestClient.json(clinician.get(link(following, "next")));
            assertThat(ids(following)).isEmpty();
            assertThat(pages).isLessThan(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient=%s&_summary=count",
                "Observation?patient=%s&_elements=status",
                "Observation?patient=%s&performer.name=x",
                "Observation?patient=%s&_has:Provenance:target:agent=x",
                "Observation?code=1234-5",
                "Patient?name=Smith",
                "Patient/%s/$summary",
                "Patient/%s/$everything?_elements=id",
                "Observation/_history",
                "_history",
                "Patient/$match",
                "$graphql?query=x",
                "Binary?patient=%s&patient=%s",
            })
    void what_could_leak_is_refused_with_an_outcome(String query) throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        HttpResponse<String> answer = clinician.get("/fhir/" + query.replace("%s", patient.handle()));

        assertThat(answer.statusCode()).isIn(400, 403, 404);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Exception");
    }

    @Test
    void a_batch_of_reads_is_decided_entry_by_entry() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        HttpResponse<String> answer = clinician.post("/fhir", """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"request":{"method":"GET","url":"%s"}},
                 {"request":{"method":"GET","url":"%s"}},
                 {"request":{"method":"GET","url":"Observation?patient=%s"}},
                 {"request":{"method":"DELETE","url":"%s"}}]}""".formatted(
                        patient.laboratory(), patient.vitalSigns(), patient.handle(), patient.laboratory()));

        JsonNode entries = TestClient.json(answer).path("entry");
        assertThat(entries.path(0).path("response").path("status").asText()).isEqualTo("200");
        assertThat(entries.path(1).path("response").path("status").asText()).isEqualTo("404");
        assertThat(ids(entries.path(2).path("resource"))).containsExactly(patient.laboratory());
        assertThat(entries.path(3).path("response").path("status").asText()).isEqualTo("403");
    }

    @Test
    void nobody_outside_writes() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, Scope.of("*"));
        String observation = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                + "\"subject\":{\"reference\":\"Patient/" + patient.id() + "\"}}";

        assertThat(clinician.post("/fhir/Observation", observation).statusCode())
                .isEqualTo(403);
        assertThat(patient.client().post("/fhir/Observation", observation).statusCode())
                .isEqualTo(403);
        assertThat(clinician.send("DELETE", "/fhir/" + patient.laboratory(), "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_token_for_one_type_reads_no_other() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, Scope.of("*"));
        TestClient narrow = network.city(network.clinician, "system/Patient.rs");

        assertThat(ids(narrow.read("Patient/" + patient.handle() + "/$everything")))
                .containsExactly("Patient/" + patient.id());
        assertThat(narrow.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(404);
    }

    @Test
    void pages_are_followed_by_who_asked_alone() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, Scope.of("Observation"));

        Set<String> seen = new HashSet<>();
        JsonNode page = clinician.read("Observation?patient=" + patient.handle() + "&_count=1");
        String first = link(page, "next");
        while (true) {
            seen.addAll(ids(page));
            if (link(page, "next").isEmpty()) {
                break;
            }
            page = TestClient.json(clinician.get(link(page, "next")));
        }

        assertThat(seen).containsExactlyInAnyOrder(patient.laboratory(), patient.vitalSigns());
        assertThat(network.city(network.clinicService, "system/*.rs").get(first).statusCode())
                .isEqualTo(410);
    }

    @Test
    void a_version_that_is_known_already_is_not_sent_again() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        assertThat(clinician
                        .get("/fhir/" + patient.laboratory(), "If-None-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(304);
        assertThat(clinician
                        .get("/fhir/" + patient.vitalSigns(), "If-None-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_server_is_not_asked_for_what_its_database_and_a_seal_tell() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        String asStaffReadIt = staff.get("/fhir/" + patient.laboratory()).body();
        double before = askedOfTheServer();

        HttpResponse<String> answer = clinician.get("/fhir/" + patient.laboratory());

        assertThat(askedOfTheServer()).isEqualTo(before);
        assertThat(answer.body()).isEqualTo(asStaffReadIt);
        assertThat(answer.headers().firstValue("ETag")).hasValue("W/\"1\"");
        assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
        assertThat(clinician
                        .get("/fhir/" + patient.laboratory() + "/_history/1")
                        .body())
                .isEqualTo(asStaffReadIt);
        assertThat(askedOfTheServer()).isGreaterThan(before);
    }

    private static double askedOfTheServer() {
        return staff.get(network.address + "/node/prometheus")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("fhir_server_answers_seconds_count{") && line.contains("organization=\"city\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void the_patient_reads_their_record_and_who_saw_it() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        clinician.get("/fhir/Patient/" + patient.handle());
        patient.grantTo(clinician, laboratoryOnly());
        clinician.read(patient.laboratory());

        assertThat(patient.client()
                        .read("Patient/" + patient.handle())
                        .path("id")
                        .asText())
                .isEqualTo(patient.id());
        JsonNode events = Eventually.found(() -> {
            JsonNode found = patient.client().read("AuditEvent?patient=" + patient.handle());
            return found.toString().contains(patient.laboratory() + "/_history/1") ? found : null;
        });

        assertThat(events.toString())
                .contains("\"outcome\":\"8\"")
                .contains("\"clinic\"")
                .contains("TREAT");
        assertThat(clinician.get("/fhir/AuditEvent?patient=" + patient.handle()).statusCode())
                .isEqualTo(403);
        String event = events.path("entry").path(0).path("resource").path("id").asText();
        assertThat(patient.client().receipt(network.address + "/city/records/AuditEvent/" + event + "/1/receipt"))
                .contains("kind DISCLOSURE");
    }

    @Test
    void the_patient_sees_what_is_asked_and_with_which_terms() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());

        JsonNode requests = TestClient.json(patient.client().get("/access/requests"));

        assertThat(requests.path("requests").path(0).path("requester").asText()).isEqualTo("clinic");
        assertThat(requests.path("requests")
                        .path(0)
                        .path("terms")
                        .path("purpose")
                        .asText())
                .isEqualTo("TREAT");
    }

    @Test
    void emergency_access_is_possible_flagged_and_told_to_the_patient() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        network.submit(
                new AccessAction.BreakGlass(
                        Handle.random(),
                        new Handle(patient.handle()),
                        EmergencyReason.ACUTE_DANGER,
                        Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS)),
                clinician.kid(),
                clinician.key());

        assertThat(clinician.get("/fhir/" + patient.restricted()).statusCode()).isEqualTo(200);

        JsonNode notifications = TestClient.json(patient.client().get("/notifications"));
        assertThat(notifications.toString()).contains("access.emergency-opened");
        JsonNode events = Eventually.found(() -> {
            JsonNode found = patient.client().read("AuditEvent?patient=" + patient.handle());
            return found.toString().contains("\"BTG\"") ? found : null;
        });
        assertThat(events.path("entry")).isNotEmpty();
    }

    @Test
    void an_audit_event_has_the_address_that_a_trusted_proxy_tells_and_no_other() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        String address = "/fhir/" + patient.laboratory();
        try (HttpClient proxy = from("127.0.0.3");
                HttpClient other = from("127.0.0.4")) {
            clinician.through(proxy).get(address, "X-Forwarded-For", "203.0.113.1, 198.51.100.7");
            clinician.through(other).get(address, "X-Forwarded-For", "203.0.113.2");
        }

        assertThat(patient.client()
                        .read("AuditEvent?patient=" + patient.handle())
                        .toString())
                .contains("\"198.51.100.7\"", "\"127.0.0.4\"")
                .doesNotContain("203.0.113");
    }

    private static HttpClient from(String address) throws IOException {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build();
    }

    @Test
    void what_is_not_expected_is_logged_and_told_without_what_it_says() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(FhirDoor.class);
        logger.addAppender(log);
        MockHttpServletRequest broken = new MockHttpServletRequest("GET", "/city/fhir/Patient/1") {
            @Override
            public String getHeader(String name) {
                throw new IllegalStateException("Jane Doe");
            }
        };
        MockHttpServletResponse answer = new MockHttpServletResponse();
        try {
            NodeParts.fhirDoor(network.node).doFilter(broken, answer, new MockFilterChain());
        } finally {
            logger.detachAppender(log);
        }

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getContentAsString())
                .contains("nothing was disclosed")
                .doesNotContain("Jane");
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage() + event.getKeyValuePairs())
                        .contains("IllegalStateException")
                        .doesNotContain("Jane"));
    }

    @Test
    void a_row_changed_in_the_database_is_named_and_not_served() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        try (Connection database = DriverManager.getConnection(
                        H2Files.jdbcUrl(network.data.resolve("organizations/city/fhir")), "sa", "");
                PreparedStatement update = database.prepareStatement(
                        "update hfj_res_ver set res_text_vc = replace(res_text_vc, 'glucose', 'ketones') where"
                                + " res_text_vc like ?")) {
            update.setString(1, "%glucose%Patient/" + patient.id() + "%");
            assertThat(update.executeUpdate()).isPositive();
        }

        HttpResponse<String> answer = clinician.get("/fhir/" + patient.laboratory());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains(patient.laboratory() + "/_history/1").doesNotContain("ketones");
        assertThat(staff.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(500);
        assertThat(network.city(network.cityAdmin, "system/*.cruds")
                        .get("/findings")
                        .body())
                .contains("\"altered\"", patient.laboratory() + "/_history/1");
    }

    @Test
    void a_write_around_the_gateway_is_sealed_as_found_and_reported() {
        FhirBackend behind = network.node
                .organizations()
                .find("city")
                .orElseThrow()
                .custody()
                .orElseThrow()
                .fhir();
        String id = TestPatient.id(behind.exchange(FhirRequest.json(
                        "POST", "Patient", Body.of("{\"resourceType\":\"Patient\",\"gender\":\"male\"}")))
                .body()
                .text());

        assertThat(staff.get("/fhir/Patient/" + id).statusCode()).isEqualTo(200);

        assertThat(network.city(network.cityAdmin, "system/*.cruds")
                        .get("/findings")
                        .body())
                .contains("\"unsealed\"", "Patient/" + id + "/_history/1");
        assertThat(staff.get("/fhir/Patient/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void an_erased_record_is_unreadable_and_leaves_a_receipt() throws Exception {
        TestPatient patient = TestPatient.create(network, staff);
        patient.grantTo(clinician, laboratoryOnly());
        TestClient admin = network.city(network.cityAdmin, "system/*.cruds");

        HttpResponse<String> erased = admin.send(
                "POST",
                "/erasures",
                "{\"reference\":\"" + patient.laboratory() + "\",\"reason\":\"gdpr-17\"}",
                "Content-Type",
                "application/json");

        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        assertThat(TestClient.json(erased).path("transactions")).isNotEmpty();
        assertThat(clinician.get("/fhir/" + patient.laboratory()).statusCode()).isEqualTo(404);
        assertThat(staff.get("/fhir/" + patient.laboratory()).statusCode()).isIn(404, 410);
        assertThat(staff.get("/fhir/" + patient.laboratory() + "/_history/1").statusCode())
                .isIn(404, 410);
        assertThat(staff.get("/records/" + patient.laboratory() + "/1/receipt").statusCode())
                .isEqualTo(404);
    }

    private static Scope laboratoryOnly() {
        TreeMap<String, SortedSet<String>> types = new TreeMap<>();
        types.put("Observation", new TreeSet<>(Set.of("laboratory")));
        return new Scope(
                types,
                Collections.emptySortedSet(),
                Set.of(health.salus.contracts.access.Interaction.values()),
                java.util.Optional.empty());
    }

    private static List<String> ids(JsonNode bundle) {
        return bundle.path("entry")
                .valueStream()
                .map(entry -> entry.path("resource"))
                .map(resource -> resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText())
                .toList();
    }

    private static String link(JsonNode bundle, String relation) {
        return bundle.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asText().equals(relation))
                .map(link -> link.path("url").asText())
                .findFirst()
                .orElse("");
    }
}
