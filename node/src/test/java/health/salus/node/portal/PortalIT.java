package health.salus.node.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.NodeParts;
import health.salus.node.access.ErasureRequests;
import health.salus.node.access.ErasureRequests.Decision;
import health.salus.node.access.ErasureRequests.ErasureRequest;
import health.salus.node.access.ErasureRequests.Ground;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TestPatient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PageSession;
import health.salus.node.pages.PortalBrowser;
import health.salus.node.web.Places;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PortalIT {
    @TempDir
    static Path directory;

    private static TwoOrganizations network;
    private static TestClient staff;
    private static TestClient registrar;
    private static TestClient clinician;

    @BeforeAll
    static void start() throws Exception {
        network = TwoOrganizations.start(directory);
        staff = network.city(network.cityStaff, "system/*.cruds");
        registrar = network.city(network.cityRegistrar, "system/*.cruds");
        clinician = network.city(network.clinician, "system/*.rs");
        LOG.start();
        ROOT.addAppender(LOG);
    }

    @AfterAll
    static void stop() {
        ROOT.detachAppender(LOG);
        if (network != null) {
            network.close();
        }
        assertThat(LOG.list)
                .as("what a node logs that served records, pages and tokens")
                .isNotEmpty()
                .extracting(PortalIT::printed)
                .noneMatch(SECRET_OR_PERSONAL.asPredicate());
    }

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    /** What is in the records of {@link PortalPatient}; handles of patients; cookies, tokens and JWTs; addresses of clients. */
    private static final Pattern SECRET_OR_PERSONAL = Pattern.compile(
            "Schmidt|Migraine|Glucose|Penicillin|[0-9a-f]{32}|salus-session|salus-csrf|Bearer |eyJ|127\\.0\\.0\\.[79]");

    private static String printed(ILoggingEvent event) {
        StringBuilder printed = new StringBuilder(
                event.getFormattedMessage() + " " + event.getKeyValuePairs() + event.getMDCPropertyMap());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            printed.append(' ').append(cause.getMessage());
        }
        return printed.toString();
    }

    @Test
    void a_patient_is_invited_and_decides_by_passkey_who_reads() throws Exception {
        String patient = PortalPatient.store(staff);
        String link = PortalPatient.invite(registrar, patient);

        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            PortalBrowser.Authenticator authenticator = window.addAuthenticator();
            Page page = window.page();
            page.navigate(link);
            window.checkAccessibility("welcome");
            click(page, "Make a passkey");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            assertThat(authenticator.passkeys()).isEqualTo(1);
            window.restAuthenticators();

            window.checkAccessibility("sign-in");
            click(page, "Sign in with your passkey");
            assertThat(page).hasTitle("What happened");
            assertThat(page.locator("main")).containsText("You were registered");
            window.checkAccessibility("home");
            Handle handle = new Handle(page.locator(".code").textContent());

            TestPatient.ask(network, clinician, handle, terms());
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Requests"))
                    .click();
            assertThat(page.locator("article")).containsText("clinic");
            assertThat(page.locator("article")).containsText("Measurements and results");
            window.checkAccessibility("requests");
            assertThat(read(handle).statusCode()).isEqualTo(403);

            click(page, "Allow…");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("I allow what clinic asked");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("For: Treatment");
            window.checkAccessibility("signing");
            click(page, "Sign with my passkey");
            assertThat(page.locator("main")).containsText("Signed, and on the ledger.");
            assertThat(read(handle).statusCode()).isEqualTo(200);
            String receipt = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Receipt"))
                    .getAttribute("href");
            assertThat(TestClient.send(
                                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(network.address + receipt))
                                            .build())
                            .body())
                    .contains("salus");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Who saw what"))
                    .click();
            assertThat(page.locator("table")).containsText("clinic");
            window.checkAccessibility("disclosures");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My records"))
                    .click();
            assertThat(page.locator("main")).containsText("Migraine");
            assertThat(page.locator("svg.chart")).isVisible();
            window.checkAccessibility("records");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ask to erase it"))
                    .first()
                    .click();
            click(page, "Ask to erase this record");
            assertThat(page.locator("main")).containsText("waits for a decision");
            window.checkAccessibility("erasure");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Passkeys"))
                    .click();
            window.checkAccessibility("passkeys");
            page.getByText("Where you are signed in").click();
            assertThat(page.locator("main")).containsText("You are signed in nowhere else.");
            window.checkAccessibility("sessions");
            page.goBack();
            click(page, "Add a passkey…");
            assertThat(page.locator("#signing-status")).containsText("has a passkey for this already");
            PortalBrowser.Authenticator second = window.addAuthenticator("usb");
            click(page, "Add a passkey…");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("I add a passkey");
            second.remove();
            window.restAuthenticators();
            click(page, "Sign with my passkey");
            assertThat(page.locator("article")).hasCount(2);

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Requests"))
                    .click();
            click(page, "Take back…");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("I take back what I allowed clinic.");
            click(page, "Sign with my passkey");
            assertThat(page.locator("main")).containsText("Nobody is allowed anything.");
            assertThat(read(handle).statusCode()).isEqualTo(403);

            Page forgotten = page.context().newPage();
            forgotten.clock().install();
            forgotten.navigate(page.url());
            assertThat(forgotten.locator("main")).containsText("Nobody is allowed anything.");
            forgotten.clock().fastForward(PageSession.LONGEST_SILENCE.toMillis());
            assertThat(forgotten.locator("body")).containsText("Nothing is shown here any more");
            assertThat(forgotten.locator("body")).not().containsText("Nobody is allowed anything.");
            Page other = page.context().newPage();
            other.navigate(page.url());
            assertThat(other.locator("main")).containsText("Nobody is allowed anything.");

            click(page, "Sign out");
            assertThat(page.getByRole(AriaRole.BUTTON)).hasText("Sign in with your passkey");
            assertThat(other.locator("body")).containsText("Nothing is shown here any more");
            assertThat(other.locator("body")).not().containsText("Nobody is allowed anything.");
        }
    }

    /** Pages of a signed-in patient. */
    private static final List<String> PAGES = List.of(
            "/home",
            "/requests",
            "/records",
            "/records?kind=Observation",
            "/summary",
            "/disclosures",
            "/passkeys",
            "/sessions",
            "/guardians",
            "/erasure");

    private static final List<String> FILES =
            List.of("/records/archive", "/summary/document", "/disclosures/bundle", "/disclosures/table");

    @Test
    void whatever_a_portal_answers_has_the_headers_of_pages() throws Exception {
        PortalClient client = signedIn();
        List<String> routes = new ArrayList<>(List.of("", "/welcome", "/nowhere"));
        routes.addAll(PAGES);
        routes.addAll(FILES);

        for (String route : routes) {
            HttpHeaders headers = client.get(route).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .as(route)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("Cache-Control").orElseThrow())
                    .as(route)
                    .contains("no-store");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(route).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).as(route).hasValue("no-referrer");
            assertThat(headers.firstValue("Access-Control-Allow-Origin"))
                    .as(route)
                    .isEmpty();
        }
    }

    @Test
    void cookies_are_for_this_site_only_and_the_session_gets_a_new_one() throws Exception {
        PortalClient client = new PortalClient(origin(), "127.0.0.1");
        client.register(invite());
        HttpResponse<String> first = client.signIn();
        HttpResponse<String> second = client.signIn();

        for (HttpResponse<String> signedIn : List.of(first, second)) {
            assertThat(signedIn.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/"));
        }
        assertThat(session(first)).isNotEqualTo(session(second));
    }

    @Test
    void without_a_session_every_page_leads_to_the_sign_in_of_the_same_portal() throws Exception {
        PortalClient nobody = new PortalClient(origin(), "127.0.0.1");
        for (String page : PAGES) {
            HttpResponse<String> answer = nobody.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .matches("(http://localhost:[0-9]+)?/city/portal");
        }
        assertThat(nobody.get(origin() + "//evil.example/portal/home").statusCode())
                .isBetween(400, 404);
    }

    @Test
    void a_session_ends_with_sign_out_and_counts_at_its_own_organization_only() throws Exception {
        PortalClient client = signedIn();
        assertThat(client.get("/home").statusCode()).isEqualTo(200);
        assertThat(client.get(origin() + "/clinic/portal/home").statusCode()).isEqualTo(302);

        assertThat(client.post("/sign-out", JsonNodeFactory.instance.objectNode())
                        .statusCode())
                .isEqualTo(302);

        assertThat(client.get("/home").statusCode()).isEqualTo(302);
    }

    @Test
    void a_patient_sees_and_ends_their_sessions_and_nobody_elses() throws Exception {
        PortalClient here = signedIn();
        PortalClient elsewhere = here.again();
        PortalClient other = signedIn();
        String id = sessionId(here.get("/sessions"));
        assertThat(here.get("/passkeys").body()).contains("/city/portal/sessions");

        assertThat(other.form("/sessions/end", "id=" + id).statusCode()).isEqualTo(302);
        assertThat(elsewhere.get("/home").statusCode()).isEqualTo(200);
        assertThat(here.form("/sessions/end", "id=" + id).statusCode()).isEqualTo(302);

        assertThat(elsewhere.get("/home").statusCode()).isEqualTo(302);
        assertThat(here.get("/sessions").body()).contains("Sessions ended: 1", "nowhere else");
        elsewhere = here.again();
        assertThat(here.form("/sessions/end", "").statusCode()).isEqualTo(302);
        assertThat(elsewhere.get("/home").statusCode()).isEqualTo(302);
        for (PortalClient open : List.of(here, other)) {
            assertThat(open.get("/home").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void one_export_of_a_patient_is_under_way_at_a_time() throws Exception {
        PortalClient client = signedIn();
        try (Places.Place _ = NodeParts.exports(network.node).begin(client.patient())) {
            HttpResponse<String> refused = client.get("/records/archive");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        }

        assertThat(client.get("/records/archive").statusCode()).isEqualTo(200);
        assertThat(client.get("/records/archive").statusCode()).isEqualTo(200);
    }

    @Test
    void a_forged_form_is_refused() throws Exception {
        PortalClient client = signedIn();
        client.forgetToken();

        assertThat(client.post("/sign-out", JsonNodeFactory.instance.objectNode())
                        .statusCode())
                .isEqualTo(403);
        client.forgetToken();
        assertThat(client.post("/passkeys/challenge", JsonNodeFactory.instance.objectNode())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_invitation_is_good_once() throws Exception {
        String link = invite();
        PortalClient.signedIn(origin(), link);

        assertThat(new PortalClient(origin(), "127.0.0.1").register(link).statusCode())
                .isEqualTo(404);
        assertThat(new PortalClient(origin(), "127.0.0.1").register(link + "x").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_passkey_of_another_page_or_without_its_user_is_not_registered() throws Exception {
        PortalClient client = signedIn();
        for (int flags : new int[] {0x41, 0x44}) { // not verified; not present
            String challenge = challenge(client);
            assertThat(client.post("/passkeys/drafts", client.creation(challenge, origin(), flags))
                            .statusCode())
                    .isEqualTo(400);
        }
        String challenge = challenge(client);
        assertThat(client.post("/passkeys/drafts", client.creation(challenge, "http://localhost:1", 0x45))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/passkeys/drafts", client.creation(challenge, origin(), 0x45))
                        .statusCode())
                .as("a challenge that was used")
                .isEqualTo(400);
    }

    @Test
    void signing_in_takes_a_fresh_nonce_this_page_a_verified_user_and_the_patients_own_key() throws Exception {
        PortalClient client = signedIn();
        PortalClient other = signedIn();
        String nonce = client.nonce();
        ObjectNode good = client.signInAnswer(nonce);
        assertThat(client.post("/sign-in", good).statusCode()).isEqualTo(200);
        client.get("/home");
        assertThat(client.post("/sign-in", good).statusCode()).as("replayed").isEqualTo(401);
        String invented = nonce.substring(1) + "A";
        assertThat(client.post("/sign-in", client.signInAnswer(invented)).statusCode())
                .as("invented")
                .isEqualTo(401);
        String fresh = client.nonce();
        assertThat(client.post("/sign-in", client.answer(fresh, Sha256.ofBase64Url(fresh), client.handle()))
                        .statusCode())
                .as("the nonce itself signed")
                .isEqualTo(401);
        fresh = client.nonce();
        ObjectNode foreign = client.signInAnswer(fresh);
        foreign.set("userHandle", other.signInAnswer(fresh).path("userHandle"));
        assertThat(client.post("/sign-in", foreign).statusCode())
                .as("as somebody else")
                .isEqualTo(401);
        client.passkey().flags(0x01);
        assertThat(client.signIn().statusCode()).as("not verified").isEqualTo(401);
        client.passkey().flags(0x05);
        client.passkey().origin("http://localhost:1");
        assertThat(client.signIn().statusCode()).as("another page").isEqualTo(401);
        client.passkey().origin(origin());
        assertThat(client.signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void an_answer_without_its_parts_or_with_endless_ones_is_refused() throws Exception {
        PortalClient client = new PortalClient(origin(), "127.0.0.7");
        client.register(invite());
        ObjectNode whole = client.signInAnswer(client.nonce());

        assertThat(client.post("/sign-in", client.empty()).statusCode()).isEqualTo(400);
        for (String part :
                List.of("nonce", "credential", "userHandle", "authenticatorData", "clientData", "signature")) {
            ObjectNode lacking = whole.deepCopy();
            lacking.remove(part);
            assertThat(client.post("/sign-in", lacking).statusCode()).as(part).isEqualTo(400);
            assertThat(client.post("/sign-in", lacking.putNull(part)).statusCode())
                    .as(part)
                    .isEqualTo(400);
        }
        assertThat(client.post("/sign-in", whole.deepCopy().put("credential", "A".repeat(2_000)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/sign-in", whole).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_of_another_spelling_leads_nowhere() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(origin() + "/%63ity/portal/home"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
    }

    @Test
    void too_many_attempts_are_refused() throws Exception {
        PortalClient client = new PortalClient(origin(), "127.0.0.9");
        client.register(invite());
        int refused = 0;
        for (int i = 0; i < 320; i++) {
            int status = client.post("/sign-in/challenge", client.empty()).statusCode();
            refused += status == 429 ? 1 : 0;
        }
        assertThat(refused).isBetween(20, 25);
    }

    @Test
    void a_revoked_passkey_ends_its_session_and_an_added_one_goes_on() throws Exception {
        PortalClient client = signedIn();
        SoftPasskey old = client.passkey();
        SoftPasskey added = new SoftPasskey(origin());
        String challenge = challenge(client);
        client.use(added);
        ObjectNode creation = client.creation(challenge, origin(), 0x45);
        client.use(old);
        assertThat(client.submit(client.post("/passkeys/drafts", creation)).body())
                .contains("accepted");
        assertThat(client.get("/passkeys").body())
                .contains(added.publicKey().thumbprint().base64Url());

        assertThat(client.decide("revoke-key", old.publicKey().thumbprint().base64Url())
                        .body())
                .contains("accepted");

        assertThat(client.get("/home").statusCode()).isEqualTo(302);
        assertThat(client.signIn().statusCode()).isEqualTo(401);
        client.use(added);
        assertThat(client.signIn().statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_of_one_patient_is_shown_to_another() throws Exception {
        String localId = PortalPatient.store(staff);
        PortalClient one = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, localId));
        PortalClient other = signedIn();
        Handle grant = TestPatient.ask(network, clinician, one.patient(), terms());
        assertThat(one.decide("approve", grant.value()).body()).contains("accepted");
        assertThat(read(one.patient()).statusCode()).isEqualTo(200);
        String records = one.get("/records").body();
        assertThat(records).contains("Glucose", "Migraine", "Penicillin");
        String disclosures = one.get("/disclosures").body();
        assertThat(disclosures).contains("clinic", "Treatment");

        List<String> routes = new ArrayList<>();
        for (String page : List.of(records, disclosures)) {
            Matcher links =
                    Pattern.compile("/city/portal(/records/[A-Z][^\"]+)").matcher(page);
            links.results().forEach(link -> routes.add(link.group(1)));
        }
        assertThat(routes).hasSizeGreaterThan(8);
        for (String route : routes) {
            assertThat(one.get(route).statusCode()).as(route).isIn(200, 202);
            assertThat(other.get(route).statusCode()).as(route).isIn(403, 404);
        }
        for (String action : List.of("approve", "deny", "revoke")) {
            assertThat(other.decide(action, grant.value()).statusCode()).isEqualTo(404);
        }
        assertThat(other.decide(
                                "revoke-key",
                                one.passkey().publicKey().thumbprint().base64Url())
                        .statusCode())
                .isEqualTo(404);
        List<String> pages = new ArrayList<>(PAGES);
        pages.addAll(FILES);
        for (String page : pages) {
            assertThat(other.get(page).body())
                    .as(page)
                    .doesNotContain(one.handle(), grant.value(), "\"Patient/" + localId + "\"");
        }
    }

    @Test
    void no_address_of_a_page_says_who_the_patient_is() throws Exception {
        String localId = PortalPatient.store(staff);
        PortalClient client = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, localId));
        for (String page : PAGES) {
            Matcher links = Pattern.compile("(?:href|action|src|data-[a-z]+)=\"([^\"]*)\"")
                    .matcher(client.get(page).body());
            assertThat(links.results().map(link -> link.group(1)))
                    .as(page)
                    .noneMatch(address -> address.contains(client.handle())
                            || address.contains("Patient")
                            || address.contains("Schmidt"));
        }
    }

    @Test
    void an_emergency_is_told_with_its_reason_and_what_became_of_its_justification() throws Exception {
        PortalClient client = signedIn();
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        network.submit(
                new AccessAction.BreakGlass(Handle.random(), client.patient(), EmergencyReason.ACUTE_DANGER, until),
                clinician.kid(),
                clinician.key());

        assertThat(client.get("/home").body()).contains("Your record was opened in an emergency", "clinic");
        assertThat(client.get("/disclosures").body())
                .contains("Opened by clinic", "Your life or health was in acute danger", "Due by");
        assertThat(client.get("/disclosures?lang=de").body()).contains("Geöffnet von clinic", "Fällig bis");
    }

    @Test
    void a_patient_asks_that_a_record_be_erased_and_sees_what_became_of_it() throws Exception {
        PortalClient client = signedIn();
        PortalClient other = signedIn();
        Matcher link = Pattern.compile("/city/portal(/erasure/(Observation/[^\"]+))")
                .matcher(client.get("/records").body());
        assertThat(link.find()).isTrue();
        String record = link.group(2);
        assertThat(client.get(link.group(1)).body()).contains("Glucose", "Ask to erase this record");
        assertThat(other.get(link.group(1)).statusCode()).isIn(403, 404);
        assertThat(other.form("/erasure", "subject=" + record).statusCode()).isIn(403, 404);
        assertThat(client.form("/erasure", "subject=Patient/../x").statusCode()).isEqualTo(404);

        assertThat(client.form("/erasure", "subject=" + record).statusCode()).isEqualTo(302);
        assertThat(client.form("/erasure", "subject=" + record).statusCode()).isEqualTo(409);
        assertThat(client.form("/erasure", "subject=*").statusCode()).isEqualTo(302);
        assertThat(client.get("/erasure").body()).contains(record, "waits for a decision", "Answer due");
        assertThat(other.get("/erasure").body()).doesNotContain(record);

        ErasureRequests requests = NodeParts.custodian(network.node, "city").erasureRequests();
        ErasureRequest everything = requests.of(client.patient()).stream()
                .filter(request -> request.subject().equals(ErasureRequests.EVERYTHING))
                .findFirst()
                .orElseThrow();
        requests.decide(everything.id(), new Decision.Refused(Ground.LEGAL_OBLIGATION));
        String page = client.get("/erasure").body();
        assertThat(page).contains("A law demands that it be kept", "You can complain");
        assertThat(client.form("/erasure/withdrawals", "id=" + everything.id()).statusCode())
                .isEqualTo(404);
        String waiting = requests.open().stream()
                .filter(request -> request.patient().equals(client.patient()))
                .map(request -> request.id().value())
                .findFirst()
                .orElseThrow();
        assertThat(other.form("/erasure/withdrawals", "id=" + waiting).statusCode())
                .isEqualTo(404);
        assertThat(client.form("/erasure/withdrawals", "id=" + waiting).statusCode())
                .isEqualTo(302);
        assertThat(client.get("/erasure").body()).doesNotContain(record);
    }

    @Test
    void files_hold_everything() throws Exception {
        PortalClient client = signedIn();
        Handle grant = TestPatient.ask(network, clinician, client.patient(), terms());
        client.decide("approve", grant.value());
        read(client.patient());

        assertThat(client.get("/records/archive").body()).startsWith("PK").contains("bundle-0001.json", "policy.txt");
        assertThat(client.get("/disclosures/bundle").body()).contains("AuditEvent", grant.value());
        assertThat(client.get("/disclosures/table").body())
                .startsWith("time,who,")
                .contains(",clinic,true,R,3 Observation,TREAT," + grant);
        assertThat(client.get("/disclosures?who=nobody").body()).contains("Nobody, as far as you asked.");
        assertThat(client.get("/disclosures?from=2200-01-01").body()).contains("Nobody, as far as you asked.");
        assertThat(client.get("/disclosures?from=tomorrow").statusCode()).isEqualTo(400);
    }

    @Test
    void without_scripts_pages_can_be_read() throws Exception {
        PortalClient client = signedIn();
        TestPatient.ask(network, clinician, client.patient(), terms());
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.withoutScripts()) {
            client.cookies()
                    .forEach((name, value) ->
                            window.page().context().addCookies(List.of(new Cookie(name, value).setUrl(origin()))));
            for (String page : PAGES) {
                window.page().navigate(origin() + "/city/portal" + page);
                assertThat(window.page().locator("h1")).isVisible();
            }
            window.page().navigate(origin() + "/city/portal/requests");
            assertThat(window.page().locator("article")).containsText("Measurements and results");
            assertThat(window.page().locator("noscript p")).isVisible();
        }
    }

    private static Terms terms() {
        return Terms.of(PurposeOfUse.TREAT, Scope.of("Patient", "Observation"), new SecureRandom());
    }

    private static String origin() {
        return network.address.replace("127.0.0.1", "localhost");
    }

    private static String invite() {
        return PortalPatient.invite(registrar, PortalPatient.store(staff));
    }

    private static PortalClient signedIn() throws Exception {
        return PortalClient.signedIn(origin(), invite());
    }

    private static String challenge(PortalClient client) throws Exception {
        client.get("/passkeys");
        return TestClient.json(client.post("/passkeys/challenge", JsonNodeFactory.instance.objectNode()))
                .path("challenge")
                .asText();
    }

    /** Of the session that is not the one that asks. */
    private static String sessionId(HttpResponse<String> page) {
        Matcher id = Pattern.compile("name=\"id\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static String session(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("salus-session="))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> read(Handle patient) {
        return clinician.get("/fhir/Observation?patient=" + patient);
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
