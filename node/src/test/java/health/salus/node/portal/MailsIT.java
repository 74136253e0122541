package health.salus.node.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.identity.Handle;
import health.salus.node.backend.PatientsOnlyServer;
import health.salus.node.gateway.Eventually;
import health.salus.node.gateway.MovableClock;
import health.salus.node.gateway.TestClient;
import health.salus.node.gateway.TestPatient;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import health.salus.node.pages.PortalBrowser.Window;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailsIT {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final Pattern LINK = Pattern.compile("http://\\S+/city/portal/email/confirmation#\\S+");

    @TempDir
    static Path directory;

    private static final MovableClock CLOCK = new MovableClock();
    private static final GreenMail SERVER =
            new GreenMail(new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static PatientsOnlyServer fhir;
    private static TwoOrganizations network;
    private static TestClient clinician;

    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
        fhir = PatientsOnlyServer.start();
        network = TwoOrganizations.start(
                directory,
                fhir.settings(),
                CLOCK,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + SERVER.getSmtp().getPort(),
                "--salus.mail.from=portal@hospital.example");
        clinician = network.city(network.clinician, "system/*.rs");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        fhir.close();
        SERVER.stop();
    }

    @Test
    void an_address_is_confirmed_by_the_link_that_was_sent_there_and_told_of_an_emergency() throws Exception {
        PortalClient ann = patient();
        assertThat(ann.get("/home").body()).contains("Be told by e-mail");
        assertThat(ann.get("/email").body()).contains("You are not told by e-mail.");
        ann.form("/email", "address=ann@example.org");
        MimeMessage confirmation = mail("ann@example.org");
        Matcher link = LINK.matcher(text(confirmation));
        assertThat(link.find()).isTrue();

        try (PortalBrowser browser = PortalBrowser.start();
                Window window = browser.window()) {
            ann.cookies()
                    .forEach((name, value) ->
                            window.page().context().addCookies(List.of(new Cookie(name, value).setUrl(origin()))));
            window.page().navigate(origin() + "/city/portal/email");
            assertThat(window.page().locator("main")).containsText("Not confirmed yet");
            window.checkAccessibility("email");
            window.page().navigate(link.group());
            window.checkAccessibility("email-confirmation");
            window.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Yes, it was me"))
                    .click();
            assertThat(window.page().locator("#confirmation-status")).containsText("Confirmed.");
        }
        assertThat(ann.get("/email").body()).contains("You are told at").doesNotContain("Not confirmed yet");

        emergency(ann);
        MimeMessage told = mail("ann@example.org");
        assertThat(told.getSubject()).isEqualTo("Emergency access: please look into your patient portal");
        assertThat(text(told)).contains(origin() + "/city/portal");
        for (MimeMessage mail : List.of(confirmation, told)) {
            assertThat(mail.getFrom()[0]).hasToString("portal@hospital.example");
            assertThat(text(mail)).doesNotContain(ann.handle(), "clinic", "Treatment");
        }
    }

    @Test
    void mails_are_in_the_language_of_the_page_where_the_address_was_entered() throws Exception {
        PortalClient dora = told("dora@example.org", "/email?lang=de");
        ask(dora);

        assertThat(mail("dora@example.org").getSubject()).isEqualTo("In Ihrem Patientenportal ist etwas geschehen");
    }

    @Test
    void a_code_is_good_once_and_what_is_no_address_is_refused() throws Exception {
        PortalClient bob = patient();
        bob.form("/email", "address=bob@example.org");
        String code = code(mail("bob@example.org"));

        assertThat(bob.post("/email/confirmation", bob.empty().put("code", code + "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(bob.post("/email/confirmation", bob.empty().put("code", code))
                        .statusCode())
                .isEqualTo(200);
        assertThat(bob.post("/email/confirmation", bob.empty().put("code", code))
                        .statusCode())
                .isEqualTo(404);
        assertThat(bob.form("/email", "address=bob").statusCode()).isEqualTo(400);
        assertThat(bob.form("/email", "address=bob%40example.org%0D%0ABcc:eve%40example.org")
                        .statusCode())
                .isEqualTo(400);
        bob.form("/email/removal", "");
        assertThat(bob.get("/email").body()).contains("You are not told by e-mail.");
    }

    @Test
    void a_mail_waits_for_a_server_that_is_away() throws Exception {
        PortalClient cem = told("cem@example.org", "/email");
        SERVER.stop();
        ask(cem);
        await("mails_total{application=\"salus\",outcome=\"failed\"}");

        SERVER.start();
        CLOCK.pass(Duration.ofMinutes(2));

        assertThat(mail("cem@example.org").getSubject()).isEqualTo("Something happened in your patient portal");
    }

    private static PortalClient patient() throws Exception {
        TestClient registrar = network.city(network.cityRegistrar, "system/*.cruds");
        return PortalClient.signedIn(origin(), PortalPatient.invite(registrar, "p" + UUID.randomUUID()));
    }

    /** A patient who has confirmed an address. */
    private static PortalClient told(String address, String page) throws Exception {
        PortalClient patient = patient();
        patient.form(page, "address=" + address);
        String code = code(mail(address));
        assertThat(patient.post("/email/confirmation", patient.empty().put("code", code))
                        .statusCode())
                .isEqualTo(200);
        return patient;
    }

    private static void emergency(PortalClient patient) throws Exception {
        Instant until = CLOCK.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        network.submit(
                new AccessAction.BreakGlass(Handle.random(), patient.patient(), EmergencyReason.ACUTE_DANGER, until),
                clinician.kid(),
                clinician.key());
    }

    private static void ask(PortalClient patient) throws Exception {
        TestPatient.ask(
                network,
                clinician,
                patient.patient(),
                Terms.of(PurposeOfUse.TREAT, Scope.of("Patient"), new SecureRandom()));
    }

    /** Waits for one mail to somebody, and takes it. */
    private static MimeMessage mail(String to) throws Exception {
        assertThat(SERVER.waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
        MimeMessage[] mails = SERVER.getReceivedMessages();
        SERVER.purgeEmailFromAllMailboxes();
        assertThat(mails).hasSize(1);
        assertThat(mails[0].getAllRecipients()[0]).hasToString(to);
        return mails[0];
    }

    private static String code(MimeMessage mail) throws Exception {
        Matcher link = LINK.matcher(text(mail));
        assertThat(link.find()).isTrue();
        return link.group().substring(link.group().indexOf('#') + 1);
    }

    private static String text(MimeMessage mail) throws Exception {
        return (String) mail.getContent();
    }

    /** Waits until this has been counted. */
    private static void await(String meter) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(network.address + "/node/prometheus"))
                .build();
        Eventually.found(() -> TestClient.send(request).body().contains(meter) ? meter : null);
    }

    /** The same when the server comes back. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String origin() {
        return network.address.replace("127.0.0.1", "localhost");
    }
}
