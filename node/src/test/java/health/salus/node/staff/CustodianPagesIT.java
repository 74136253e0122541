package health.salus.node.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.Finding;
import health.salus.contracts.access.JustificationCommitment;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.network.Attribute;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.Handle;
import health.salus.identity.Role;
import health.salus.node.NodeParts;
import health.salus.node.access.ErasureRequests;
import health.salus.node.access.ErasureRequests.Decision;
import health.salus.node.access.ErasureRequests.Ground;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TestPatient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the hospital's own staff see of its patients' requests, disclosures and emergencies, and of its records. */
@ExtendWith(SharedFhirServer.class)
class CustodianPagesIT {
    @TempDir
    private static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestPatient patient;
    private static TestClient clinician;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(directory, "{kind: url, url: \"" + server.base() + "\"}");
        patient = TestPatient.create(network, network.city(network.cityStaff, "system/*.cruds"));
        clinician = network.city(network.clinician, "system/*.rs");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void an_auditor_sees_what_happens_and_reviews_emergencies() throws Exception {
        patient.grantTo(clinician, Scope.of("Patient", "Observation"));
        TestPatient.ask(
                network,
                clinician,
                new Handle(patient.handle()),
                Terms.of(PurposeOfUse.HRESCH, Scope.of("Condition"), new SecureRandom()));
        assertThat(clinician.get("/fhir/Patient/" + patient.handle()).statusCode())
                .isEqualTo(200);
        assertThat(clinician.get("/fhir/Patient/" + Handle.random()).statusCode())
                .isEqualTo(403);
        String text = "Found unconscious.\nMedication had to be known.";
        Handle justified = breakGlass(clinician);
        network.submit(
                new Justify(justified, JustificationCommitment.of(new byte[32], text)),
                clinician.kid(),
                clinician.key());
        assertThat(deposit(clinician, justified, text)).isEqualTo(201);
        assertThat(deposit(clinician, justified, "Something else.")).isEqualTo(409);
        assertThat(deposit(network.city(network.clinicService, "system/*.rs"), justified, text))
                .as("of the same organization")
                .isEqualTo(201);
        assertThat(deposit(network.city(network.cityStaff, "system/*.rs"), justified, text))
                .as("of another organization")
                .isEqualTo(404);
        assertThat(deposit(clinician, breakGlass(clinician), text))
                .as("before the ledger has the commitment")
                .isEqualTo(409);
        Credential auditor = network.member("city", Role.CLIENT, Attribute.AUDITOR);

        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            StaffBrowser staff = StaffBrowser.signIn(network, window, "city", auditor);
            Page page = staff.page();

            staff.open("Requests");
            assertThat(page.locator("article")).hasCount(2);
            assertThat(page.locator("main")).containsText("Research");
            assertThat(page.locator("main")).containsText("allowed");
            assertThat(page.locator("main")).containsText(patient.handle());
            window.checkAccessibility("staff-requests");

            staff.open("Disclosures");
            assertThat(page.locator("tbody")).containsText("Refused");
            page.getByLabel("Patient", new Page.GetByLabelOptions().setExact(true))
                    .fill(patient.handle());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            assertThat(page.locator("tbody")).containsText("Treatment");
            assertThat(page.locator("tbody")).not().containsText("Refused");
            window.checkAccessibility("staff-disclosures");

            staff.open("Findings");
            assertThat(page.locator("main")).containsText("compares what is stored with what was sealed");
            window.checkAccessibility("staff-findings");
            staff.open("Rules");
            assertThat(page.locator("main")).containsText("version 3");
            window.checkAccessibility("staff-policy");

            staff.open("Emergencies");
            assertThat(page.locator("article")).hasCount(2);
            assertThat(page.getByText("Accept…")).hasCount(1);
            assertThat(page.locator("main")).containsText("Found unconscious.");
            window.checkAccessibility("staff-emergencies");
            staff.click("Accept…");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("My finding: accepted");
            staff.click("Sign with my passkey");
            assertThat(page.locator("main")).containsText("Given, and accepted after review");
        }
        assertThat(new Access(network.node.ledger().ledger().state())
                        .emergency(justified)
                        .orElseThrow()
                        .finding())
                .contains(Finding.ACCEPTED);
    }

    @Test
    void a_registrar_decides_what_is_erased() throws Exception {
        TestPatient other = TestPatient.create(network, network.city(network.cityStaff, "system/*.cruds"));
        ErasureRequests requests = NodeParts.custodian(network.node, "city").erasureRequests();
        Handle handle = new Handle(other.handle());
        requests.ask(handle, ErasureRequests.EVERYTHING);
        requests.ask(handle, other.condition());

        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            StaffBrowser staff = StaffBrowser.signIn(network, window, "city", network.cityRegistrar);
            Page page = staff.page();
            staff.open("Erasures");
            assertThat(page.locator("article")).hasCount(2);
            window.checkAccessibility("staff-erasures");
            page.locator("article").first().getByRole(AriaRole.COMBOBOX).selectOption("legal-obligation");
            page.locator("article")
                    .first()
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Refuse"))
                    .click();
            assertThat(page.locator("article")).hasCount(1);
            staff.click("Grant");
            assertThat(page.locator("main")).containsText("Nothing waits for a decision.");
        }
        assertThat(requests.of(handle))
                .extracting(request -> request.decision().orElseThrow())
                .containsExactlyInAnyOrder(new Decision.Refused(Ground.LEGAL_OBLIGATION), new Decision.Granted());
    }

    @Test
    void an_admin_ends_the_sessions_of_others() throws Exception {
        Credential other = network.member("city", Role.CLIENT);
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window();
                PortalBrowser.Window others = browser.window()) {
            StaffBrowser staff = StaffBrowser.signIn(network, others, "city", other);
            StaffBrowser admin = StaffBrowser.signIn(network, window, "city", network.cityAdmin);
            Page page = admin.page();
            admin.open("Signed in");
            assertThat(page.locator("main")).containsText("This session");
            window.checkAccessibility("staff-signed-in");

            search(page, network.cityAdmin.kid().base64Url());
            assertThat(page.locator("tbody tr")).hasCount(1);
            search(page, "0");
            assertThat(page.locator("main")).containsText("Nobody with this number is signed in.");
            search(page, other.kid().base64Url());
            assertThat(page.locator("tbody tr")).hasCount(1);
            admin.click("End all of these");
            assertThat(page.locator("main")).containsText("Sessions ended: 1");

            staff.page().reload();
            assertThat(staff.page()).hasURL(staff.address());
            admin.open("Home");
            assertThat(page).hasTitle("Staff of city");
        }
    }

    private static void search(Page page, String holder) {
        page.getByLabel("Number of a patient").fill(holder);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();
    }

    @Test
    void each_sees_what_is_theirs_to_look_after() throws Exception {
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            StaffBrowser staff = StaffBrowser.signIn(network, window, "city", network.cityStaff);

            assertThat(staff.page().getByRole(AriaRole.NAVIGATION).first())
                    .not()
                    .containsText("Disclosures");
            for (String part :
                    new String[] {"requests", "disclosures", "emergencies", "erasures", "findings", "signed-in"}) {
                assertThat(staff.page().navigate(staff.address() + "/" + part).status())
                        .as(part)
                        .isEqualTo(403);
                window.forgive("403");
            }
            assertThat(staff.page().locator("h1")).containsText("You can’t see or do this");
        }
    }

    private static int deposit(TestClient client, Handle emergency, String text) throws Exception {
        JsonObject body = JsonObject.builder()
                .put("emergency", emergency.value())
                .put("salt", Sha256.ofBytes(new byte[32]).base64Url())
                .put("text", text)
                .build();
        return client.send(
                        "POST",
                        "/access/justifications",
                        new String(body.canonical(), StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json")
                .statusCode();
    }

    private static Handle breakGlass(TestClient signer) throws Exception {
        Handle emergency = Handle.random();
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        network.submit(
                new BreakGlass(emergency, new Handle(patient.handle()), EmergencyReason.ACUTE_DANGER, until),
                signer.kid(),
                signer.key());
        return emergency;
    }
}
