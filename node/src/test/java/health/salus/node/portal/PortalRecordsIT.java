package health.salus.node.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.ArchiveCheck;
import health.salus.fhirserver.H2Files;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import health.salus.tlog.proof.TrustPolicy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What patients see of their records, and what their browsers prove of it. */
@ExtendWith(SharedFhirServer.class)
class PortalRecordsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("data-version=\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"/city/portal([^\"]+)\"");
    private static final Pattern DAY = Pattern.compile("<time datetime=\"([^\"]+)\"");

    @TempDir
    static Path directory;

    private static Path database;
    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient registrar;

    @BeforeAll
    static void start(EmbeddedBackend embedded, SharedFhirServer.Database of) throws Exception {
        database = of.file();
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(directory, "{kind: url, url: \"" + server.base() + "\"}");
        staff = network.city(network.cityStaff, "system/*.cruds");
        registrar = network.city(network.cityRegistrar, "system/*.cruds");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void every_record_is_on_one_page_of_the_timeline_however_many_have_one_date_and_each_page_is_one_audited_read()
            throws Exception {
        String patient = PortalPatient.store(staff);
        PortalPatient.storeMany(staff, patient, 45);
        PortalClient client = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, patient));
        for (String way : List.of("/records", "/records?kind=Observation")) {
            List<String> seen = new ArrayList<>();
            List<String> days = new ArrayList<>();
            String page = way;
            while (!page.isEmpty()) {
                int before = audited(client);
                String html = client.get(page).body();
                assertThat(audited(client) - before).as(page).isEqualTo(1);
                VERSION.matcher(html).results().forEach(found -> seen.add(found.group(1)));
                DAY.matcher(html).results().forEach(found -> days.add(found.group(1)));
                page = NEXT.matcher(html)
                        .results()
                        .findFirst()
                        .map(next -> next.group(1).replace("&amp;", "&"))
                        .orElse("");
            }
            assertThat(seen).as(way).hasSize(way.endsWith("Observation") ? 48 : 50);
            assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
            assertThat(days).as(way).isSortedAccordingTo(Comparator.reverseOrder());
        }
        assertThat(client.get("/records?from=invented").statusCode()).isEqualTo(302);
        assertThat(client.get("/records?from=%2F").statusCode()).isEqualTo(400);
    }

    @Test
    void a_browser_proves_each_record_of_a_page_with_one_audited_read() throws Exception {
        PortalClient client = patient();
        awaitReceipts(client);
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = signedIn(browser, client)) {
            Page page = window.page();
            int before = audited(client);

            page.navigate(origin() + "/city/portal/records");

            assertThat(page.locator("record-proofs > [role=status]")).hasText("All 5 records on this page are proven.");
            assertThat(page.locator("[data-state=proven]")).hasCount(5);
            assertThat(page.locator("article").first()).containsText("Proven in this browser: unaltered");
            assertThat(audited(client) - before).isEqualTo(2);
            window.checkAccessibility("records-proven");
            page.navigate(origin() + "/city/portal/records?lang=de");
            assertThat(page.locator("record-proofs > [role=status]"))
                    .hasText("Alle 5 Befunde auf dieser Seite sind bewiesen.");
        }
    }

    @Test
    void a_page_names_what_was_altered_behind_the_gateway_or_on_the_way_and_what_it_could_not_check() throws Exception {
        PortalClient client = patient();
        awaitReceipts(client);
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = signedIn(browser, client)) {
            Page page = window.page();
            page.route(
                    "**/records/proofs",
                    route -> changing(route, proofs -> {
                        ObjectNode first = (ObjectNode) proofs.get(0);
                        first.put("resource", first.path("resource").asText().replace("5.4", "6.4"));
                        ((ObjectNode) proofs.get(1)).put("receipt", "");
                    }));
            page.navigate(origin() + "/city/portal/records");
            Locator records = page.locator("article");
            assertThat(records.nth(0)).containsText("Altered: this is not what was written.");
            assertThat(records.nth(1)).containsText("Not on the ledger yet.");
            assertThat(records.nth(2)).containsText("Proven in this browser");
            assertThat(page.locator("record-proofs > [role=status]")).containsText("3 of 5 records");
            window.checkAccessibility("records-altered-on-the-way");

            page.unrouteAll();
            page.route("**/records/proofs", Route::abort);
            page.navigate(origin() + "/city/portal/records");
            assertThat(page.locator("[data-state=failed]")).hasCount(5);
            window.forgive("Failed to load resource");

            page.unrouteAll();
            alter("\"Migraine\"", "\"Epilepsy\"");
            page.navigate(origin() + "/city/portal/records");
            assertThat(page.locator("section.notice")).containsText("Altered records");
            assertThat(page.locator("section.notice li")).containsText("Diagnosis Condition/");
            assertThat(page.locator("main")).not().containsText("Epilepsy");
            assertThat(page.locator("[data-state=proven]")).hasCount(4);
            window.checkAccessibility("records-altered");
        }
    }

    @Test
    void everything_is_saved_with_its_proofs_and_checked_without_a_node() throws Exception {
        String patient = PortalPatient.store(staff);
        for (int i = 0; i < 4; i++) {
            PortalPatient.storeMany(staff, patient, 250);
        }
        PortalClient client = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, patient));
        awaitReceipts(client);

        Path saved = client.save("/records/archive", directory.resolve("records.zip"));

        ArchiveCheck.Result result = ArchiveCheck.of(saved, network.policy(), OwnBases.NONE);
        assertThat(result).isEqualTo(new ArchiveCheck.Result(1006, Map.of(), List.of(), List.of()));
        try (ZipFile zip = new ZipFile(saved.toFile())) {
            assertThat(TrustPolicy.parse(
                            zip.getInputStream(zip.getEntry("policy.txt")).readAllBytes()))
                    .isNotNull();
            assertThat(zip.getEntry("README.txt")).isNotNull();
        }
        ArchiveCheck.Result altered =
                ArchiveCheck.of(altered(saved, "\"value\":75", "\"value\":57"), network.policy(), OwnBases.NONE);
        assertThat(altered.isVerified()).isFalse();
        assertThat(altered.refused())
                .isNotEmpty()
                .allSatisfy((version, reason) -> assertThat(reason).contains("CONTENT"));
        byte[] cut = Files.readAllBytes(saved);
        Path shortened = Files.write(directory.resolve("short.zip"), Arrays.copyOf(cut, cut.length / 2));
        assertThat(ArchiveCheck.of(shortened, network.policy(), OwnBases.NONE).isVerified())
                .isFalse();
    }

    /** The same archive, where a text in its Bundles is another one. */
    private static Path altered(Path archive, String old, String replacement) throws Exception {
        Path copy = directory.resolve("altered.zip");
        try (ZipFile zip = new ZipFile(archive.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String content = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write((entry.getName().startsWith("bundle") ? content.replace(old, replacement) : content)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return copy;
    }

    @Test
    void a_summary_is_a_valid_document_with_the_sections_that_it_must_have_and_a_page_to_print() throws Exception {
        String patient = PortalPatient.store(staff);
        PortalPatient.storeMany(staff, patient, 3);
        PortalClient client = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, patient));

        JsonNode document = JSON.readTree(client.get("/summary/document").body());

        assertThat(document.path("type").asText()).isEqualTo("document");
        JsonNode composition = document.at("/entry/0/resource");
        assertThat(composition.at("/type/coding/0/code").asText()).isEqualTo("60591-5");
        assertThat(composition.path("section").findValuesAsText("title"))
                .startsWith("Problems", "Allergies and intolerances", "Medication");
        assertThat(composition.at("/section/0/text/div").asText()).contains("Migraine, 2026-02-01");
        assertThat(composition.at("/section/2/emptyReason/coding/0/code").asText())
                .isEqualTo("unavailable");
        assertThat(composition.at("/section/3/title").asText()).startsWith("Results of the laboratory");
        assertThat(composition.at("/section/3/entry")).hasSize(1);
        List<String> there = new ArrayList<>();
        document.path("entry")
                .forEach(entry -> there.add(entry.at("/resource/resourceType").asText() + "/"
                        + entry.at("/resource/id").asText()));
        composition
                .findValuesAsText("reference")
                .forEach(reference -> assertThat(there).contains(reference));
        assertThat(complaints(document)).isEmpty();
        String page = client.get("/summary").body();
        assertThat(page)
                .contains("Schmidt", "Migraine", "Penicillin", "5.4 mmol/l", "No information is recorded here.");
        assertThat(client.get("/summary?lang=de").body()).contains("Patientenkurzakte", "Allergien");
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = signedIn(browser, client)) {
            window.page().navigate(origin() + "/city/portal/summary?lang=en");
            window.checkAccessibility("summary");
        }
    }

    /** What a validator with FHIR R4's own definitions finds wrong; it doesn't have the IPS's profiles. */
    private static List<String> complaints(JsonNode document) {
        ((ObjectNode) document).remove("meta");
        ((ObjectNode) document.at("/entry/0/resource")).remove("meta");
        HttpResponse<String> validated = staff.post("/fhir/Bundle/$validate", document.toString());
        List<String> complaints = new ArrayList<>();
        TestClient.json(validated).path("issue").forEach(issue -> {
            if (List.of("error", "fatal").contains(issue.path("severity").asText())) {
                complaints.add(issue.path("location") + ": "
                        + issue.path("diagnostics").asText());
            }
        });
        return complaints;
    }

    @Test
    void proofs_are_of_ones_own_records_and_of_so_many_at_most() throws Exception {
        PortalClient client = patient();
        PortalClient other = patient();
        List<String> versions = versions(client.get("/records").body());

        other.get("/records");
        assertThat(proofs(other, versions).statusCode()).isEqualTo(404);
        assertThat(proofs(other, versions).body()).doesNotContain("Migraine", "Glucose");
        client.get("/records");
        assertThat(proofs(client, versions).body()).contains("Migraine");
        assertThat(proofs(client, List.of()).statusCode()).isEqualTo(400);
        assertThat(proofs(client, List.of("Observation/1")).statusCode()).isEqualTo(400);
        assertThat(proofs(client, Collections.nCopies(101, versions.getFirst())).statusCode())
                .isEqualTo(400);
        client.forgetToken();
        assertThat(proofs(client, versions).statusCode()).isEqualTo(403);
    }

    private static PortalClient patient() throws Exception {
        return PortalClient.signedIn(origin(), PortalPatient.invite(registrar, PortalPatient.store(staff)));
    }

    private static PortalBrowser.Window signedIn(PortalBrowser browser, PortalClient client) {
        PortalBrowser.Window window = browser.window();
        client.cookies()
                .forEach((name, value) ->
                        window.page().context().addCookies(List.of(new Cookie(name, value).setUrl(origin()))));
        return window;
    }

    private static String origin() {
        return network.address.replace("127.0.0.1", "localhost");
    }

    private static List<String> versions(String page) {
        return VERSION.matcher(page).results().map(found -> found.group(1)).toList();
    }

    private static HttpResponse<String> proofs(PortalClient client, List<String> versions) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        versions.forEach(body.putArray("versions")::add);
        return client.post("/records/proofs", body);
    }

    /** How many requests for this patient's records the audit trail has; asking that is none. */
    private static int audited(PortalClient client) throws Exception {
        return JSON.readTree(client.get("/disclosures/bundle?own=on").body())
                .path("entry")
                .size();
    }

    private static void awaitReceipts(PortalClient client) throws Exception {
        List<String> versions = versions(client.get("/records").body());
        for (String version : versions) {
            String receipt = "/records/" + version.replace("/_history/", "/") + "/receipt";
            while (client.get(receipt).statusCode() == 202) {
                Thread.sleep(100);
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        void to(JsonNode proofs);
    }

    private static void changing(Route route, Change change) {
        try {
            JsonNode answer = JSON.readTree(route.fetch().body());
            change.to(answer.path("proofs"));
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(JSON.writeValueAsString(answer)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As somebody does who has the FHIR server's database. */
    private static void alter(String old, String replacement) throws Exception {
        try (Connection connection = DriverManager.getConnection(H2Files.jdbcUrl(database), "sa", "");
                PreparedStatement update = connection.prepareStatement(
                        "update HFJ_RES_VER set RES_TEXT_VC = replace(RES_TEXT_VC, ?, ?) where RES_TEXT_VC like ?")) {
            update.setString(1, old);
            update.setString(2, replacement);
            update.setString(3, "%" + old + "%");
            assertThat(update.executeUpdate()).isPositive();
        }
    }
}
