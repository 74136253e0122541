package health.salus.node.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.contracts.access.AccessAction.UnbindPasskey;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The clinic's clinician, whose node has no FHIR server, makes a passkey and signs in with it. */
class StaffPasskeyIT {
    /** Nothing that staff do here reads a record. */
    private static final String NO_SERVER = "{kind: url, url: \"http://127.0.0.1:1/fhir\"}";

    @TempDir
    static Path directory;

    @Test
    void a_passkey_signs_in_once_the_certificate_has_bound_it() throws Exception {
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window();
                TwoOrganizations network = TwoOrganizations.start(directory, NO_SERVER)) {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            ((Logger) LoggerFactory.getLogger("health.salus.node")).addAppender(log);
            window.addAuthenticator();
            StaffBrowser staff = StaffBrowser.at(network, window, "clinic");
            Page page = staff.page();
            page.navigate(staff.address() + "/home");
            assertThat(page).hasURL(staff.address());
            window.checkAccessibility("staff-sign-in");

            page.getByText("Make one for your certificate").click();
            staff.ask(network.cityStaff);
            assertThat(page.locator("#passkey-status")).containsText("No certificate in force of this organization");
            window.forgive("404");
            StaffBrowser.Made lost = staff.make(network.clinician);
            submit(network, new BindPasskey(lost.key(), lost.origin()));
            window.checkAccessibility("staff-passkey");
            window.restAuthenticators();
            page.navigate(staff.address());
            staff.click("Sign in with your passkey");
            assertThat(page).hasTitle("Staff of clinic");
            assertThat(page.locator("main")).containsText("clinician");
            window.checkAccessibility("staff-home");

            submit(network, new BindPasskey(new SoftPasskey(lost.origin()).publicKey(), lost.origin()));
            staff.open("Passkeys");
            assertThat(page.locator("article")).hasCount(2);
            window.checkAccessibility("staff-passkeys");
            staff.open("Where you are signed in");
            assertThat(page.locator("article")).hasCount(1);
            window.checkAccessibility("staff-sessions");
            page.goBack();
            staff.click("Unbind it for ever");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("I unbind a passkey of mine");
            staff.click("Sign with my passkey");
            assertThat(page.locator("main")).containsText("Signed, and on the ledger.");
            assertThat(page.locator("article")).hasCount(1);

            submit(network, new UnbindPasskey(lost.key().thumbprint()));
            page.reload();
            assertThat(page).hasURL(staff.address());
            staff.click("Sign in with your passkey");
            assertThat(page.locator("#sign-in-status")).containsText("not known here");
            window.forgive("401");

            assertThat(log.list)
                    .extracting(event -> event.getMessage() + " " + event.getKeyValuePairs())
                    .contains(
                            "signed in [organization=\"clinic\", pages=\"staff\", with=\"PASSKEY\"]",
                            "sign-in refused [pages=\"clinic/staff\"]");
        }
    }

    private static void submit(TwoOrganizations network, AccessAction action) throws Exception {
        network.submit(action, network.clinician.kid(), network.clinician.key());
    }
}
