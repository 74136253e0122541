package health.salus.node.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.Handle;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.SharedFhirServer;
import health.salus.node.gateway.Eventually;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TestPatient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import health.salus.node.portal.PortalClient;
import health.salus.node.portal.PortalPatient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A clinician of the clinic asks a patient of the hospital, reads, and opens a record in an emergency, in a browser. */
@ExtendWith(SharedFhirServer.class)
class AskingIT {
    @TempDir
    static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient registrar;
    private static PortalClient patient;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(directory, "{kind: url, url: \"" + server.base() + "\"}");
        TestClient staff = network.city(network.cityStaff, "system/*.cruds");
        registrar = network.city(network.cityRegistrar, "system/*.cruds");
        patient = PortalClient.signedIn(origin(), PortalPatient.invite(registrar, PortalPatient.store(staff)));
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void a_clinician_asks_reads_verifies_and_opens_a_record_in_an_emergency() throws Exception {
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window()) {
            Page page = window.page();
            StaffBrowser.signIn(network, window, "clinic", network.clinician).open("Patients");

            find(page, "somebody");
            assertThat(page.locator("main")).containsText("This is no handle.");
            find(page, Handle.random().value());
            assertThat(page.locator("main")).containsText("No organization of this network");
            find(page, patient.patient().value());
            assertThat(page.locator("main")).containsText("city keeps the records of this patient.");
            page.getByLabel("Something else").check();
            assertThat(page.getByLabel("Diagnoses")).isVisible();
            page.getByText("Open the records without").click();
            window.checkAccessibility("staff-patients");

            page.getByLabel("Laboratory results").check();
            click(page, "Ask…");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("I ask the patient " + patient.patient());
            assertThat(dialog).containsText("Measurements and results (laboratory)");
            window.checkAccessibility("staff-ask-signing");
            click(page, "Sign with my passkey");
            assertThat(page.locator("main")).containsText("Signed, and on the ledger.");
            assertThat(page.locator("article")).containsText("waiting");
            String requests = Eventually.found(() -> seenByPatient("/requests", "Request of clinic"));
            Handle grant = grantIn(requests);
            window.checkAccessibility("staff-asked");
            noAddressNamesThePatient(page);

            String reading = origin() + "/clinic/staff/reading/" + grant;
            page.navigate(reading);
            window.checkAccessibility("staff-reading-locked");
            signToRead(page);
            assertThat(page.locator("main")).containsText("Nothing is allowed to you now");
            window.forgive("403");

            assertThat(patient.decide("approve", grant.value()).body()).contains("accepted");
            page.navigate(origin() + "/clinic/staff/asked?state=in-force");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Read the records"))
                    .click();
            assertThat(page.locator("article")).hasCount(3);
            assertThat(page.locator("main")).containsText("Schmidt");
            assertThat(page.locator("article").first()).containsText("Glucose");
            assertThat(page.locator("proof-state[state=verified]")).hasCount(3);
            window.checkAccessibility("staff-reading");
            noAddressNamesThePatient(page);
            readingWorksWithoutScripts(browser, window, reading);
            assertThat(patient.get("/disclosures").body()).contains("clinic", "Treatment");

            server.goAway();
            page.navigate(reading);
            assertThat(page.locator("main")).containsText("Not available now");
            server.comeBack();
            page.navigate(reading);
            assertThat(page.locator("article")).hasCount(3);
            window.forgive("503");
            othersGetNothing(page, grant);
            window.forgive("status of 40");

            assertThat(patient.decide("revoke", grant.value()).body()).contains("accepted");
            page.navigate(reading);
            assertThat(page.locator("main")).containsText("The ledger says: taken back");
            window.checkAccessibility("staff-reading-refused");
            window.forgive("403");

            openInEmergency(window);
            withdraw(page);
        }
    }

    private static void find(Page page, String handle) {
        page.getByLabel("Handle of the patient").fill(handle);
        click(page, "Find");
    }

    private static void signToRead(Page page) {
        click(page, "Sign and read…");
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("I show that it is me who reads, at " + network.address);
        click(page, "Sign with my passkey");
        assertThat(page.locator("#reading")).hasCount(0);
    }

    private static void readingWorksWithoutScripts(
            PortalBrowser browser, PortalBrowser.Window signedIn, String reading) {
        try (PortalBrowser.Window window = browser.withoutScripts()) {
            window.page().context().addCookies(signedIn.page().context().cookies());
            window.page().navigate(reading);
            assertThat(window.page().locator("article")).hasCount(3);
            for (String page : List.of("patients", "asked", "opened")) {
                window.page().navigate(origin() + "/clinic/staff/" + page);
                assertThat(window.page().locator("h1")).isVisible();
            }
            window.page().navigate(origin() + "/clinic/staff/asked");
            assertThat(window.page().locator("article")).containsText("allowed");
            assertThat(window.page().locator("noscript p")).isVisible();
        }
    }

    /** The browser is somebody's who has signed in, and misbehaves. */
    private static void othersGetNothing(Page page, Handle grant) throws Exception {
        Terms terms = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), new SecureRandom());
        Handle elsewhere =
                TestPatient.ask(network, network.city(network.clinicService, "system/*.rs"), patient.patient(), terms);
        String staff = "/clinic/staff";
        assertThat(status(page, "GET", staff + "/reading/" + elsewhere, ""))
                .as("asked elsewhere, terms unknown here")
                .isEqualTo(404);
        for (String unknown : List.of(Handle.random().value(), "nothing")) {
            assertThat(status(page, "GET", staff + "/reading/" + unknown, "")).isEqualTo(404);
            assertThat(status(page, "POST", staff + "/reading/" + unknown + "/drafts", "{}"))
                    .isEqualTo(404);
            assertThat(status(page, "POST", staff + "/asked/" + unknown + "/withdrawal/drafts", "{}"))
                    .isEqualTo(404);
            assertThat(status(page, "POST", staff + "/opened/" + unknown + "/justification/drafts", "{\"text\":\"a\"}"))
                    .isEqualTo(404);
        }
        String reading = staff + "/reading/" + grant;
        assertThat(status(page, "GET", reading + "/Observation/nothing/1", "")).isEqualTo(404);
        assertThat(status(page, "GET", reading + "/Observation/nothing/1/receipt", ""))
                .isEqualTo(404);
        assertThat(status(page, "POST", reading, "nothing")).as("no assertion").isEqualTo(400);
        SoftPasskey foreign = new SoftPasskey(origin());
        byte[] input = CompactJws.signingInputForPasskey(
                "{}".getBytes(StandardCharsets.UTF_8), foreign.publicKey().thumbprint());
        String assertion =
                new String(CompactJws.withAssertion(input, foreign.sign(Sha256.of(input))), StandardCharsets.US_ASCII);
        assertThat(status(page, "POST", reading, assertion))
                .as("another's passkey")
                .isEqualTo(403);
        assertThat(status(page, "GET", "/city/staff/reading/" + grant, ""))
                .as("pages of another organization")
                .isEqualTo(302);
        HttpResponse<String> nobody = TestClient.send(
                HttpRequest.newBuilder(URI.create(origin() + reading)).build());
        assertThat(nobody.statusCode()).isEqualTo(302);
        assertThat(draftsOfSomethingElse(page)).isEqualTo("refused refused refused");
    }

    /** What the browser's modules say to drafts of a node that lies. */
    private static String draftsOfSomethingElse(Page page) {
        String transaction = encoded("{\"contract\":\"access\",\"action\":\"break-glass\",\"arguments\":{}}");
        String claims =
                encoded("{\"aud\":\"http://x/token\",\"exp\":1,\"iss\":\"other\",\"jti\":\"1\",\"sub\":\"other\"}");
        String request =
                encoded("{\"contract\":\"access\",\"action\":\"request\",\"arguments\":{\"terms\":\"other\"}}");
        return (String) page.evaluate("""
                async ({ transaction, claims, request }) => {
                  const { ClientAssertion } = await import('/portal/assets/js/staff/client-assertion.js');
                  const { Transaction } = await import('/portal/assets/js/transaction.js');
                  const { asking } = await import('/portal/assets/js/staff/asking.js');
                  const tell = async (attempt) => { try { await attempt(); return 'taken'; } catch { return 'refused'; } };
                  return [
                    await tell(() => new ClientAssertion({ payload: transaction, kid: 'mine' })),
                    await tell(() => new ClientAssertion({ payload: claims, kid: 'mine' })),
                    await tell(() => asking.request((key) => key, new Transaction({ payload: request, kid: 'mine' }), { terms: 'e30' })),
                  ].join(' ');
                }""", Map.of("transaction", transaction, "claims", claims, "request", request));
    }

    private static void openInEmergency(PortalBrowser.Window window) throws Exception {
        Page page = window.page();
        page.navigate(origin() + "/clinic/staff/patients");
        find(page, patient.patient().value());
        page.getByText("Open the records without").click();
        page.getByLabel("The patient can’t be asked").check();
        click(page, "Open the records…");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("without their leave");
        assertThat(dialog).containsText("Why: The patient can’t be asked");
        click(page, "Sign with my passkey");
        assertThat(page.locator("main")).containsText("You have to justify an emergency access");
        assertThat(patient.get("/home").body()).contains("Your record was opened in an emergency", "clinic");
        assertThat(patient.get("/disclosures").body()).contains("Opened by clinic", "You could not be asked");
        window.checkAccessibility("staff-opened");
        noAddressNamesThePatient(page);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Read the records"))
                .click();
        signToRead(page);
        assertThat(page.locator("main")).containsText("Migraine");
        assertThat(page.locator("main")).containsText("Penicillin");

        page.navigate(origin() + "/clinic/staff/home");
        page.getByText("You have to justify an emergency access").click();
        page.getByLabel("Why was it necessary?").fill("Unconscious after a fall.");
        click(page, "Justify…");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Unconscious after a fall.");
        click(page, "Sign with my passkey");
        assertThat(page.locator("main")).containsText("Given; a review is to follow");
        assertThat(page.locator("main")).containsText("Unconscious after a fall.");
        assertThat(patient.get("/disclosures").body()).contains("Given; a review is to follow");
        Eventually.found(() -> seenByPatient("/disclosures", "Unconscious after a fall."));
    }

    private static void withdraw(Page page) {
        page.navigate(origin() + "/clinic/staff/patients?lang=de");
        page.getByLabel("Deckname des Patienten").fill(patient.patient().value());
        click(page, "Suchen");
        click(page, "Bitten…");
        click(page, "Mit meinem Passkey unterschreiben");
        assertThat(page.locator("main")).containsText("Unterschrieben, und im Ledger.");
        page.navigate(origin() + "/clinic/staff/asked?state=waiting");
        click(page, "Zurückziehen…");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Ich gebe auf");
        click(page, "Mit meinem Passkey unterschreiben");
        assertThat(page.locator("main")).containsText("Unterschrieben, und im Ledger.");
        page.navigate(origin() + "/clinic/staff/asked?state=waiting");
        assertThat(page.locator("article")).hasCount(0);
    }

    private static void noAddressNamesThePatient(Page page) {
        List<?> addresses = (List<?>) page.evaluate("""
                () => [location.href, ...[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]
                  .filter(({ name }) => /^(href|action|src|receipt|resource|data-.*)$/.test(name)).map(({ value }) => value))]""");
        assertThat(addresses).map(String::valueOf).noneMatch(address -> address.contains(patient.handle()));
    }

    private static int status(Page page, String method, String path, String body) {
        return (int) page.evaluate("""
                async ({ method, path, body }) => {
                  const response = await fetch(path, {
                    method,
                    redirect: 'manual',
                    headers: {
                      'Content-Type': body.startsWith('{') ? 'application/json' : 'application/jose',
                      'X-XSRF-TOKEN': document.querySelector('input[name=_csrf]').value,
                    },
                    body: method === 'POST' ? body : undefined,
                  });
                  return response.type === 'opaqueredirect' ? 302 : response.status;
                }""", Map.of("method", method, "path", path, "body", body));
    }

    private static @Nullable String seenByPatient(String path, String text) {
        try {
            String page = patient.get(path).body();
            return page.contains(text) ? page : null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Handle grantIn(String page) {
        Matcher subject = Pattern.compile("data-action=\"approve\" data-subject=\"([0-9a-f]{32})\"")
                .matcher(page);
        assertThat(subject.find()).isTrue();
        return new Handle(subject.group(1));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String origin() {
        return network.address.replace("127.0.0.1", "localhost");
    }

    private static void click(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
