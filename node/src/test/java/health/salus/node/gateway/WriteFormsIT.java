package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.attachment.ClamdDouble;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import health.salus.node.proof.ReceiptLinks;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of write that FHIR R4 has: each version that it makes has one seal and a receipt that checks. */
@ExtendWith(SharedFhirServer.class)
class WriteFormsIT {
    private static final String SYSTEM = "urn:test";

    @TempDir
    private static Path directory;

    private static ClamdDouble scanner;
    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient admin;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        scanner = ClamdDouble.start();
        network = TwoOrganizations.start(
                directory,
                "{kind: url, url: \"" + server.base() + "\"}",
                "--salus.attachments.scanner.host=127.0.0.1",
                "--salus.attachments.scanner.port=" + scanner.port());
        staff = network.city(network.cityStaff, "system/*.cruds");
        admin = network.city(network.cityAdmin, "system/*.cruds");
    }

    @AfterAll
    static void stop() throws Exception {
        if (network != null) {
            network.close();
        }
        scanner.close();
        server.close();
    }

    private String patient;

    @BeforeEach
    void create() throws Exception {
        HttpResponse<String> created = staff.post("/fhir/Patient", patient("female"));
        patient = "Patient/" + TestPatient.id(created.body());
        assertThat(made(created)).isEqualTo(patient + "/_history/1");
    }

    @AfterEach
    void check() {
        LogAudit.requireOneEntryForEachSeal(network);
        assertThat(admin.get("/findings").body()).doesNotContain(patient);
    }

    @Test
    void json_patch() throws Exception {
        HttpResponse<String> patched = staff.send(
                "PATCH",
                "/fhir/" + patient,
                "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]",
                "Content-Type",
                "application/json-patch+json");

        assertThat(made(patched)).isEqualTo(patient + "/_history/2");
        assertThat(stored(patient).path("gender").asText()).isEqualTo("male");
    }

    @Test
    void fhirpath_patch() throws Exception {
        HttpResponse<String> patched = fhir("PATCH", patient, """
                {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},\
                {"name":"path","valueString":"Patient.gender"},{"name":"value","valueCode":"male"}]}]}""");

        assertThat(made(patched)).isEqualTo(patient + "/_history/2");
        assertThat(stored(patient).path("gender").asText()).isEqualTo("male");
    }

    @Test
    void conditional_create() throws Exception {
        String other = "Patient?identifier=" + SYSTEM + "%7C" + name;
        HttpResponse<String> again = staff.send(
                "POST",
                "/fhir/Patient",
                patient("male"),
                "Content-Type",
                "application/fhir+json",
                "If-None-Exist",
                other.substring("Patient?".length()));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(made(again)).isEqualTo(patient + "/_history/1");
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1");
    }

    @Test
    void conditional_update() throws Exception {
        HttpResponse<String> updated = fhir("PUT", condition(), patient("male"));

        assertThat(made(updated)).isEqualTo(patient + "/_history/2");
    }

    @Test
    void conditional_update_of_nothing_creates() throws Exception {
        HttpResponse<String> created =
                fhir("PUT", condition() + "-other", patient("male").replace(name, name + "-other"));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(made(created)).endsWith("/_history/1").isNotEqualTo(patient + "/_history/1");
    }

    @Test
    void conditional_patch() throws Exception {
        HttpResponse<String> patched = staff.send(
                "PATCH",
                "/fhir/" + condition(),
                "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]",
                "Content-Type",
                "application/json-patch+json");

        assertThat(made(patched)).isEqualTo(patient + "/_history/2");
    }

    @Test
    void conditional_delete() throws Exception {
        HttpResponse<String> deleted = staff.send("DELETE", "/fhir/" + condition(), "");

        assertThat(deleted.statusCode()).as(deleted.body()).isBetween(200, 204);
        assertThat(staff.get("/fhir/" + patient).statusCode()).isEqualTo(410);
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1", "2");
        requireReceipt(patient + "/_history/2"); // no link says so where others deleted as well
    }

    @Test
    void delete_and_the_same_again_and_a_new_life() throws Exception {
        assertThat(made(staff.send("DELETE", "/fhir/" + patient, ""))).isEqualTo(patient + "/_history/2");
        assertThat(staff.send("DELETE", "/fhir/" + patient, "").statusCode()).isBetween(200, 204);
        assertThat(made(fhir("PUT", patient, withId(patient("male"))))).isEqualTo(patient + "/_history/3");
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1", "2", "3");
    }

    @Test
    void an_update_that_changes_nothing_has_the_receipt_of_the_current_version() throws Exception {
        String made = made(fhir("PUT", patient, withId(patient("female"))));

        String current = stored(patient).path("meta").path("versionId").asText(); // some servers make one, some don't
        assertThat(made).isEqualTo(patient + "/_history/" + current);
        assertThat(LogAudit.sealedVersions(network, patient)).hasSize(Integer.parseInt(current));
    }

    @Test
    void a_stale_update_is_a_conflict_and_makes_no_version() {
        String body = withId(patient("male"));
        HttpResponse<String> second = staff.send(
                "PUT", "/fhir/" + patient, body, "Content-Type", "application/fhir+json", "If-Match", "W/\"1\"");
        HttpResponse<String> stale = staff.send(
                "PUT",
                "/fhir/" + patient,
                withId(patient("other")),
                "Content-Type",
                "application/fhir+json",
                "If-Match",
                "W/\"1\"");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(stale.statusCode()).isIn(409, 412);
        assertThat(stale.body()).contains("OperationOutcome");
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1", "2");
    }

    @Test
    void xml_is_sealed_as_json_is() throws Exception {
        HttpResponse<String> created = staff.send(
                "POST",
                "/fhir/Observation",
                "<Observation xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/><code><text value=\"x\"/></code>"
                        + "<valueQuantity><value value=\"2.00\"/></valueQuantity></Observation>",
                "Content-Type",
                "application/fhir+xml");

        String version = made(created);
        assertThat(staff.get("/fhir/" + version).body()).contains("\"value\":2.00");
    }

    @Test
    void an_attachment_is_stored_when_it_is_what_it_says_and_nothing_is_known_against_it() throws Exception {
        HttpResponse<String> created =
                fhir("POST", "DocumentReference", document("application/pdf", "%PDF-1.7 of " + name));

        assertThat(made(created)).startsWith("DocumentReference/");
        assertThat(scanner.scanned).contains("%PDF-1.7 of " + name);
    }

    @Test
    void a_binary_is_sealed_as_the_resource_that_it_is() throws Exception {
        String data =
                Base64.getEncoder().encodeToString(("%PDF-1.7 binary of " + name).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> created = fhir("POST", "Binary", """
                {"resourceType":"Binary","contentType":"application/pdf","data":"%s"}""".formatted(data));

        String binary = made(created);
        assertThat(scanner.scanned).contains("%PDF-1.7 binary of " + name);
        assertThat(staff.read(binary).path("data").asText()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>, not-supported",
        "image/png, %PDF-1.7, invalid",
        "text/plain, here is malware, security"
    })
    void an_attachment_that_may_not_be_stored_is_refused_alone_and_with_others(
            String type, String content, String issue) {
        String document = document(type, content);
        HttpResponse<String> alone = fhir("POST", "DocumentReference", document);
        HttpResponse<String> together = fhir(
                "POST",
                "",
                bundle(
                        "transaction",
                        entry("POST", "Patient", named("lost", "male")),
                        entry("POST", "DocumentReference", document)));

        assertThat(List.of(alone, together)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("\"code\":\"" + issue + "\"");
        });
        assertThat(staff.read("Patient?identifier=" + SYSTEM + "%7C" + name + "-lost")
                        .path("entry"))
                .isEmpty();
    }

    @Test
    void an_attachment_that_can_not_be_scanned_is_not_stored() {
        scanner.answer("out of order");
        try {
            HttpResponse<String> answer = fhir("POST", "DocumentReference", document("text/plain", "harmless"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("transient");
        } finally {
            scanner.answer("");
        }
    }

    @Test
    void xml_that_names_a_file_of_the_node_is_refused() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "top secret");
        HttpResponse<String> answer = staff.send(
                "POST",
                "/fhir/Patient",
                "<!DOCTYPE Patient [<!ENTITY file SYSTEM \"" + secret.toUri() + "\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><name><text value=\"x\"/></name>"
                        + "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">&file;</div></text>"
                        + "</Patient>",
                "Content-Type",
                "application/fhir+xml");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("top secret");
    }

    private static String document(String type, String content) {
        return """
                {"resourceType":"DocumentReference","status":"current","content":[{"attachment":\
                {"contentType":"%s","data":"%s"}}]}""".formatted(type, Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_transaction_with_every_form() throws Exception {
        String updated = another("updated");
        String patched = another("patched");
        String deleted = another("deleted");
        String conditionally = another("conditionally");
        String gone = another("gone");
        HttpResponse<String> answer = staff.post(
                "/fhir",
                bundle(
                        "transaction",
                        entry("POST", "Patient", patient("male").replace(name, name + "-new")),
                        entry(
                                "PUT",
                                updated,
                                named("updated", "male").replace("{", "{\"id\":\"" + id(updated) + "\",")),
                        """
                {"resource":{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type",\
                "valueCode":"replace"},{"name":"path","valueString":"Patient.gender"},{"name":"value","valueCode":\
                "male"}]}]},"request":{"method":"PATCH","url":"%s"}}""".formatted(patched),
                        entry("DELETE", deleted, ""),
                        """
                {"resource":%s,"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=%s|%s"}}""".formatted(patient("other"), SYSTEM, name),
                        entry(
                                "PUT",
                                "Patient?identifier=" + SYSTEM + "|" + name + "-conditionally",
                                named("conditionally", "male")),
                        entry("DELETE", "Patient?identifier=" + SYSTEM + "|" + name + "-gone", "")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> versions = links(answer);
        assertThat(versions.subList(1, 6))
                .containsExactly(
                        updated + "/_history/2",
                        patched + "/_history/2",
                        deleted + "/_history/2",
                        patient + "/_history/1",
                        conditionally + "/_history/2");
        for (String version : versions) {
            if (!version.isEmpty()) {
                requireReceipt(version);
            }
        }
        requireReceipt(gone + "/_history/2"); // found by the server, so no entry names it
    }

    @Test
    void a_batch_seals_what_succeeded() throws Exception {
        HttpResponse<String> answer = staff.post(
                "/fhir",
                bundle(
                        "batch",
                        """
                {"resource":%s,"request":{"method":"PUT","url":"%s","ifMatch":"W/\\"7\\""}}""".formatted(withId(patient("male")), patient),
                        entry("POST", "Patient", named("batch", "male")),
                        entry("GET", patient, "")));

        JsonNode entries = TestClient.json(answer).path("entry");
        List<String> versions = links(answer);
        assertThat(entries.path(0).path("response").path("status").asText()).matches("4(09|12).*");
        assertThat(versions.get(0)).isEmpty();
        requireReceipt(versions.get(1));
        assertThat(entries.path(2).path("resource").path("gender").asText()).isEqualTo("female");
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1");
    }

    @Test
    void a_transaction_that_fails_leaves_nothing() {
        HttpResponse<String> answer = staff.post(
                "/fhir",
                bundle(
                        "transaction",
                        """
                {"resource":%s,"request":{"method":"PUT","url":"%s","ifMatch":"W/\\"7\\""}}""".formatted(withId(patient("male")), patient),
                        entry("POST", "Patient", named("lost", "male"))));

        assertThat(answer.statusCode()).isIn(409, 412);
        assertThat(answer.body()).contains("OperationOutcome");
        assertThat(staff.read("Patient?identifier=" + SYSTEM + "%7C" + name + "-lost")
                        .path("entry"))
                .isEmpty();
        assertThat(LogAudit.sealedVersions(network, patient)).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, %s/$meta-add",
        "POST, %s/$expunge",
        "POST, $reindex",
        "GET, $export",
        "GET, %s/_history/1/x",
        "POST, ''"
    })
    void a_bundle_offers_no_more_than_its_entries_would_alone(String method, String url) {
        HttpResponse<String> answer = staff.post(
                "/fhir",
                bundle(
                        "batch",
                        entry(method, url.formatted(patient), "{\"resourceType\":\"Parameters\"}"),
                        entry("POST", "Patient", named("refused", "male"))));

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).contains("OperationOutcome");
        assertThat(staff.read("Patient?identifier=" + SYSTEM + "%7C" + name + "-refused")
                        .path("entry"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e99999}}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"status\":\"amended\"}",
                "{\"resourceType\":\"Observation\"",
                "{\"resourceType\":\"Observation\",\"status\":\"nonsense\"}",
                "{\"resourceType\":\"Nonsense\"}",
                "[]",
                "\u0000",
            })
    void what_could_not_be_sealed_is_refused_with_an_outcome(String body) {
        HttpResponse<String> answer = staff.post("/fhir/Observation", body);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("\tat ");
    }

    @Test
    void a_read_says_where_the_receipt_is() throws Exception {
        assertThat(made(staff.get("/fhir/" + patient))).isEqualTo(patient + "/_history/1");
        assertThat(made(staff.get("/fhir/" + patient + "/_history/1"))).isEqualTo(patient + "/_history/1");
    }

    private String another(String suffix) throws Exception {
        return made(staff.post("/fhir/Patient", named(suffix, "female"))).replaceAll("/_history/.*", "");
    }

    /** The version whose receipt a response links to; the receipt is checked. */
    private static String made(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
        String link = response.headers().firstValue("Link").orElseThrow();
        assertThat(link).endsWith("; rel=\"" + ReceiptLinks.RELATION + "\"");
        String version = version(link.substring(1, link.indexOf('>')));
        requireReceipt(version);
        return version;
    }

    /** The versions whose receipts the entries of a response link to; empty where there is none. */
    private static List<String> links(HttpResponse<String> response) {
        List<String> links = new ArrayList<>();
        for (JsonNode entry : TestClient.json(response).path("entry")) {
            JsonNode link = entry.path("link").path(0);
            if (!link.isMissingNode()) {
                assertThat(link.path("relation").asText()).isEqualTo(ReceiptLinks.RELATION);
            }
            links.add(version(link.path("url").asText()));
        }
        return links;
    }

    private static String version(String url) {
        return url.replaceAll(".*/records/([^/]+/[^/]+)/([^/]+)/receipt", "$1/_history/$2");
    }

    private static void requireReceipt(String version) throws InterruptedException {
        RecordReceipt receipt =
                RecordReceipt.parse(staff.receipt("/records/" + version.replace("/_history", "") + "/receipt"));
        assertThat(receipt.seal().version()).hasToString(version);
        HttpResponse<String> stored = staff.get("/fhir/" + version);
        if (stored.statusCode() == 410) {
            assertThat(receipt.seal().isDeletion()).isTrue();
            assertThat(receipt.check(network.policy()).isVerified()).isTrue();
        } else {
            var resource = FhirJson.resource(stored.body().getBytes(StandardCharsets.UTF_8));
            assertThat(receipt.check(network.policy(), resource, OwnBases.of(network.address + "/city/fhir"))
                            .isVerified())
                    .isTrue();
        }
    }

    private static JsonNode stored(String path) {
        return staff.read(path);
    }

    private static HttpResponse<String> fhir(String method, String path, String body) {
        return staff.send(method, "/fhir/" + path, body, "Content-Type", "application/fhir+json");
    }

    private static String bundle(String type, String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(String method, String url, String resource) {
        return "{" + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",") + "\"request\":{\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}}";
    }

    private String condition() {
        return "Patient?identifier=" + SYSTEM + "%7C" + name;
    }

    private String named(String suffix, String gender) {
        return patient(gender).replace(name, name + "-" + suffix);
    }

    private String patient(String gender) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + SYSTEM + "\",\"value\":\"" + name
                + "\"}],\"gender\":\"" + gender + "\"}";
    }

    private String withId(String body) {
        return body.replace("\"Patient\",", "\"Patient\",\"id\":\"" + id(patient) + "\",");
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }
}
