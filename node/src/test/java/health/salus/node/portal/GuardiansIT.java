package health.salus.node.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.AccessContract;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.access.Invitations;
import health.salus.node.backend.PatientsOnlyServer;
import health.salus.node.gateway.MovableClock;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PageSession;
import health.salus.node.pages.PortalBrowser;
import health.salus.node.pages.PortalBrowser.Window;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ann loses her key; two of her three guardians give her another one. */
class GuardiansIT {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{5}( [0-9]{5}){3}");
    private static final Pattern LINK = Pattern.compile("http://[^\"<]*#[A-Za-z0-9_-]{22}");

    @TempDir
    static Path directory;

    private static final MovableClock CLOCK = new MovableClock();
    private static PatientsOnlyServer server;
    private static TwoOrganizations network;

    @BeforeAll
    static void start() throws Exception {
        server = PatientsOnlyServer.start();
        network = TwoOrganizations.start(directory, server.settings(), CLOCK);
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void guardians_replace_a_lost_key_after_a_week_unless_the_old_key_objects() throws Exception {
        try (PortalBrowser browser = PortalBrowser.start();
                Window ann = browser.window();
                Window bea = browser.window();
                Window lost = browser.window()) {
            List.of(ann, bea, lost).forEach(Window::addAuthenticator);
            ann.page().navigate(invitePatient());
            click(ann, "Make a passkey");
            assertThat(ann.page().locator("#welcome-status")).containsText("Done");
            ann.restAuthenticators();
            signIn(ann, "/city/portal");
            String handle = ann.page().locator(".code").textContent();

            open(ann, "Guardians");
            bea.page().navigate(invite(ann, "Bea"));
            ann.checkAccessibility("guardians-link");
            bea.page().getByLabel("Whom do you guard?").fill("Ann");
            bea.checkAccessibility("guardian-welcome");
            click(bea, "Make a passkey");
            assertThat(bea.page().locator("#welcome-status")).containsText("Done.");
            String numberOfBea = number(bea.page().locator("#welcome-status").textContent());
            PortalClient cem = guardian(invite(ann, "Cem"));
            guardian(invite(ann, "Dina"));
            ann.page().reload();
            assertThat(ann.page().locator("fieldset")).containsText("Bea Number " + numberOfBea);
            ann.checkAccessibility("guardians-ready");

            click(ann, "Name these guardians…");
            assertThat(dialog(ann)).containsText("Any 2 of these 3 together can replace my keys:");
            assertThat(dialog(ann)).containsText("Bea: number " + numberOfBea);
            ann.picture("guardians-signing");
            sign(ann);
            assertThat(ann.page().locator("main")).containsText("Any 2 of these together can replace your keys");
            assertThat(cem.signIn().statusCode()).isEqualTo(200);

            bea.restAuthenticators();
            signIn(bea, "/city/guardian");
            assertThat(bea.page().locator("main")).containsText("Nothing is proposed.");
            assertThat(bea.page().content()).doesNotContain(handle);
            click(bea, "Make a link");
            lost.page().navigate(bea.page().locator("#link").textContent());
            lost.checkAccessibility("new-key");
            click(lost, "Make a passkey");
            assertThat(lost.page().locator("#welcome-status")).containsText("Done.");
            String numberOfNew = number(lost.page().locator("#welcome-status").textContent());

            propose(bea, numberOfNew);
            assertThat(bea.page().locator("main")).containsText("1 of 2 that are needed");
            bea.checkAccessibility("guardian-proposed");
            support(cem);
            open(ann, "What happened");
            assertThat(ann.page().locator("section")).containsText("Number " + numberOfNew);
            assertThat(ann.page().locator("section")).containsText("2 of 2 that are needed");
            ann.checkAccessibility("home-proposal");
            click(ann, "Object…");
            assertThat(dialog(ann)).containsText("I object");
            assertThat(dialog(ann)).containsText(numberOfNew);
            sign(ann);
            assertThat(ann.page().locator("main")).containsText("You refused new keys");
            assertThat(ann.page().locator("section")).hasCount(0);

            propose(bea, numberOfNew);
            support(cem);
            bea.page().reload();
            assertThat(bea.page().locator("main")).containsText("Come back when it can take effect.");
            CLOCK.pass(AccessContract.VETO_TIME.plusMinutes(1));
            signIn(bea, "/city/guardian");
            bea.checkAccessibility("guardian-due");
            bea.page().getByText("Where you are signed in").click();
            assertThat(bea.page().locator("main")).containsText("This session");
            bea.checkAccessibility("guardian-sessions");
            bea.page().goBack();
            click(bea, "Let it take effect…");
            assertThat(dialog(bea)).containsText(numberOfNew);
            sign(bea);
            assertThat(bea.page().locator("main")).containsText("Nothing is proposed.");
            assertThat(bea.page().locator("article")).hasCount(0);

            ann.page().navigate(origin() + "/city/portal");
            click(ann, "Sign in with your passkey");
            assertThat(ann.page().locator("#sign-in-status")).containsText("not known here");
            ann.forgive("401");
            signIn(lost, "/city/portal");
            assertThat(lost.page().locator("main")).containsText("Your keys were replaced");
        }
    }

    @Test
    void a_guardian_opens_no_page_of_a_patient_nor_a_patient_one_of_guardians() throws Exception {
        PortalClient ann = patient();
        PortalClient bea = named(ann);
        String home = bea.get("/home").body();
        assertThat(home).contains("You are the only guardian").doesNotContain(ann.handle());

        for (String page : List.of(
                "home", "requests", "records", "records/archive", "summary", "disclosures", "passkeys", "guardians")) {
            HttpResponse<String> answer = bea.get(origin() + "/city/portal/" + page);
            assertThat(answer.statusCode()).as(page).isEqualTo(403);
            assertThat(answer.body()).doesNotContain(ann.handle());
        }
        assertThat(bea.post(origin() + "/city/portal/guardians/drafts", bea.empty())
                        .statusCode())
                .isEqualTo(403);
        assertThat(bea.post(origin() + "/city/portal/transactions/drafts", bea.empty())
                        .statusCode())
                .isEqualTo(403);
        assertThat(ann.get(origin() + "/city/guardian/home").statusCode()).isEqualTo(403);
        assertThat(ann.post(origin() + "/city/guardian/offers", ann.empty()).statusCode())
                .isEqualTo(403);
        PortalClient nobody = new PortalClient(origin(), "127.0.0.1", "guardian");
        assertThat(nobody.get("/home").statusCode()).isEqualTo(302);
        assertThat(nobody.get("/nowhere").statusCode()).isEqualTo(302);
        assertThat(bea.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(bea.get(origin() + "/clinic/guardian/home").statusCode()).isEqualTo(302);
    }

    @Test
    void a_code_is_good_once_for_a_week_and_for_what_it_was_made() throws Exception {
        PortalClient ann = patient();
        String forGuardian = invite(ann, "Bea");
        assertThat(visitor().register(forGuardian + "x").statusCode()).isEqualTo(404);
        assertThat(visitor().register("/new-key", forGuardian).statusCode()).isEqualTo(404);
        assertThat(new PortalClient(origin(), "127.0.0.1").register(forGuardian).statusCode())
                .isEqualTo(404);
        PortalClient bea = guardian(forGuardian);
        assertThat(visitor().register(forGuardian).statusCode()).isEqualTo(404);
        assertThat(bea.signIn().statusCode()).as("not named yet").isEqualTo(401);
        assertThat(name(ann, 1).body()).contains("accepted");
        bea.signIn();

        String forPatient = offer(bea);
        assertThat(visitor().register("/welcome", forPatient).statusCode()).isEqualTo(404);
        String instead = offer(bea);
        assertThat(visitor().register("/new-key", forPatient).statusCode()).isEqualTo(404);
        assertThat(visitor().register("/new-key", instead).statusCode()).isEqualTo(201);
        assertThat(visitor().register("/new-key", instead).statusCode()).isEqualTo(404);

        String late = invite(ann, "Cem");
        CLOCK.pass(Invitations.LIFE);
        assertThat(visitor().register(late).statusCode()).isEqualTo(404);
    }

    @Test
    void two_guardians_share_a_browser_and_only_those_who_are_named_stay() throws Exception {
        PortalClient ann = patient();
        PortalClient shared = guardian(invite(ann, "Bea"));
        SoftPasskey passkeyOfBea = shared.passkey();
        String handleOfBea = shared.handle();
        assertThat(name(ann, 1).body()).contains("accepted");
        shared.use(new SoftPasskey(origin()));
        assertThat(shared.register(invite(ann, "Cem")).statusCode()).isEqualTo(201);
        assertThat(name(ann, 3).statusCode()).as("three of two").isEqualTo(400);
        assertThat(name(ann, 2).body()).contains("accepted");

        assertThat(shared.signIn().statusCode()).isEqualTo(200);
        String numberOfCem = number(shared.get("/home").body());
        SoftPasskey passkeyOfCem = shared.passkey();
        String handleOfCem = shared.handle();
        shared.use(passkeyOfBea, handleOfBea);
        assertThat(shared.signIn().statusCode()).isEqualTo(200);
        assertThat(number(shared.get("/home").body())).isNotEqualTo(numberOfCem);

        ObjectNode choice = choice(ann, 1);
        choice.withArray("guardians")
                .removeAll()
                .add(passkeyOfCem.publicKey().thumbprint().base64Url());
        assertThat(ann.submit(ann.post("/guardians/drafts", choice)).body()).contains("accepted");

        assertThat(shared.get("/home").statusCode()).as("dismissed").isEqualTo(302);
        assertThat(shared.signIn().statusCode()).isEqualTo(401);
        shared.use(passkeyOfCem, handleOfCem);
        assertThat(shared.signIn().statusCode()).isEqualTo(200);
        assertThat(ann.get("/guardians").body()).contains("Cem").doesNotContain("Bea");
    }

    @Test
    void nobody_proposes_or_supports_for_a_patient_of_others() throws Exception {
        PortalClient ann = patient();
        PortalClient bea = named(ann);
        PortalClient bob = patient();
        PortalClient eve = named(bob);
        PortalClient lost = visitor();
        assertThat(lost.register("/new-key", offer(bea)).statusCode()).isEqualTo(201);
        assertThat(bea.decide("propose-rotation", kid(ann)).statusCode()).isEqualTo(404);
        assertThat(bea.decide("propose-rotation", kid(lost)).body()).contains("accepted");
        assertThat(ann.get("/home").body()).contains("Guardians want", kid(lost));

        for (String action : List.of("support-rotation", "complete-rotation")) {
            assertThat(eve.decide(action, kid(lost)).statusCode()).as(action).isEqualTo(404);
        }
        assertThat(bob.decide("veto-rotation", kid(lost)).statusCode()).isEqualTo(404);
        assertThat(eve.decide("approve", kid(lost)).statusCode()).isEqualTo(400);
        assertThat(bob.get("/home").body()).doesNotContain("Guardians want");
        ObjectNode foreign = choice(bob, 1);
        foreign.withArray("guardians").add(kid(bea));
        assertThat(bob.post("/guardians/drafts", foreign).statusCode()).isEqualTo(400);
        assertThat(ann.decide("veto-rotation", kid(lost)).body()).contains("accepted");
    }

    @Test
    void whoever_was_invited_and_is_not_named_can_be_removed() throws Exception {
        PortalClient ann = patient();
        String link = invite(ann, "Bea");
        Matcher id = Pattern.compile("name=\"id\" value=\"([0-9a-f]{32})\"")
                .matcher(ann.get("/guardians").body());
        assertThat(id.find()).isTrue();
        patient().form("/guardians/removals", "id=" + id.group(1));
        assertThat(ann.get("/guardians").body()).contains("Bea");

        assertThat(ann.form("/guardians/removals", "id=" + id.group(1)).statusCode())
                .isEqualTo(302);

        assertThat(ann.get("/guardians").body()).doesNotContain("Bea").contains("You have named nobody yet.");
        assertThat(visitor().register(link).statusCode()).isEqualTo(404);
    }

    @Test
    void no_address_says_who_guards_what_and_all_is_there_in_german() throws Exception {
        PortalClient ann = patient();
        PortalClient bea = named(ann);
        for (String page :
                List.of(ann.get("/guardians").body(), bea.get("/home").body())) {
            assertThat(Pattern.compile("(?:href|action|src|data-drafts)=\"([^\"]*)\"")
                            .matcher(page)
                            .results())
                    .noneMatch(address -> address.group(1).matches(".*([0-9a-f]{32}|[A-Za-z0-9_-]{43}|Bea).*"));
        }
        assertThat(bea.get("/home?lang=de").body()).contains("Sie hüten einen Schlüssel");
        assertThat(ann.get("/guardians?lang=de").body()).contains("Ihre Hüter");
    }

    @Test
    void a_session_ends_after_its_longest_time_however_busy_it_is() throws Exception {
        PortalClient ann = patient();
        PortalClient bea = named(ann);
        CLOCK.pass(PageSession.LONGEST.minusMinutes(1));
        assertThat(ann.get("/home").statusCode()).isEqualTo(200);
        assertThat(bea.get("/home").statusCode()).isEqualTo(200);

        CLOCK.pass(Duration.ofMinutes(1));

        assertThat(ann.get("/home").statusCode()).isEqualTo(302);
        assertThat(bea.get("/home").statusCode()).isEqualTo(302);
    }

    @Test
    void a_node_without_a_mail_server_has_no_page_about_mail() throws Exception {
        PortalClient ann = patient();

        assertThat(ann.get("/email").statusCode()).isEqualTo(404);
        assertThat(ann.get("/email/confirmation").statusCode()).isEqualTo(404);
        assertThat(ann.get("/home").body()).doesNotContain("portal/email");
    }

    /** A patient who has signed in. */
    private static PortalClient patient() throws Exception {
        return PortalClient.signedIn(origin(), invitePatient());
    }

    /** The only guardian of {@code patient}, signed in. */
    private static PortalClient named(PortalClient patient) throws Exception {
        PortalClient guardian = guardian(invite(patient, "Bea"));
        assertThat(name(patient, 1).body()).contains("accepted");
        assertThat(guardian.signIn().statusCode()).isEqualTo(200);
        return guardian;
    }

    private static String invitePatient() {
        TestClient registrar =
                network.city(network.cityRegistrar, "system/*.cruds"); // of now: its token lives for minutes
        return PortalPatient.invite(registrar, "p" + UUID.randomUUID());
    }

    private static PortalClient visitor() throws Exception {
        return new PortalClient(origin(), "127.0.0.1", "guardian");
    }

    /** Somebody who has made a guardian's passkey. */
    private static PortalClient guardian(String link) throws Exception {
        PortalClient guardian = visitor();
        assertThat(guardian.register(link).statusCode()).isEqualTo(201);
        return guardian;
    }

    private static String invite(Window patient, String name) {
        patient.page().getByLabel("What do you call them?").fill(name);
        click(patient, "Make a link");
        assertThat(patient.page().locator(".notice")).containsText("Give this link to " + name);
        return patient.page().locator("#link").textContent();
    }

    private static String invite(PortalClient patient, String name) throws Exception {
        patient.get("/guardians");
        patient.form("/guardians/invitations", "name=" + name);
        return link(patient.get("/guardians"));
    }

    private static String offer(PortalClient guardian) throws Exception {
        guardian.form("/offers", "");
        return link(guardian.get("/home"));
    }

    private static String link(HttpResponse<String> page) {
        Matcher link = LINK.matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group();
    }

    /** Names all who can be named. */
    private static HttpResponse<String> name(PortalClient patient, int threshold) throws Exception {
        return patient.submit(patient.post("/guardians/drafts", choice(patient, threshold)));
    }

    private static ObjectNode choice(PortalClient patient, int threshold) throws Exception {
        ObjectNode choice = patient.empty().put("threshold", threshold);
        ArrayNode guardians = choice.putArray("guardians");
        Pattern.compile("name=\"guardian\" value=\"([^\"]+)\"")
                .matcher(patient.get("/guardians").body())
                .results()
                .forEach(kid -> guardians.add(kid.group(1)));
        return choice;
    }

    private static void propose(Window guardian, String number) {
        guardian.page().navigate(origin() + "/city/guardian/home");
        assertThat(guardian.page().locator("article")).containsText(number);
        click(guardian, "Propose…");
        assertThat(dialog(guardian)).containsText("Number of the key: " + number);
        sign(guardian);
        assertThat(guardian.page().locator("main")).containsText("Signed, and on the ledger.");
    }

    private static void support(PortalClient guardian) throws Exception {
        Matcher kid = Pattern.compile("data-action=\"support-rotation\" data-subject=\"([^\"]+)\"")
                .matcher(guardian.get("/home").body());
        assertThat(kid.find()).isTrue();
        JsonNode outcome = TestClient.json(guardian.decide("support-rotation", kid.group(1)));
        assertThat(outcome.path("outcome").asText()).isEqualTo("accepted");
    }

    private static String kid(PortalClient client) {
        return client.passkey().publicKey().thumbprint().base64Url();
    }

    private static String number(String text) {
        Matcher number = NUMBER.matcher(text);
        assertThat(number.find()).as(text).isTrue();
        return number.group();
    }

    private static void signIn(Window window, String path) {
        window.page().navigate(origin() + path);
        click(window, "Sign in with your passkey");
        window.page().waitForURL("**/home");
    }

    private static void sign(Window window) {
        click(window, "Sign with my passkey");
    }

    private static Locator dialog(Window window) {
        return window.page().getByRole(AriaRole.DIALOG);
    }

    private static void open(Window window, String page) {
        window.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(page))
                .click();
    }

    private static void click(Window window, String button) {
        window.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static String origin() {
        return network.address.replace("127.0.0.1", "localhost");
    }
}
