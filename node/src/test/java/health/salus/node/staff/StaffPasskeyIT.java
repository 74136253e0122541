package health.salus.node.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.contracts.access.AccessAction.UnbindPasskey;
import health.salus.identity.Credential;
import health.salus.identity.P256PublicKey;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clinic's clinician, whose node has no FHIR server, makes a passkey and signs in with it. */
class StaffPasskeyIT {
    private static final Pattern COMMAND = Pattern.compile(
            "salus identity bind-passkey --passkey=([A-Za-z0-9_-]{86}) --origin (http://localhost:\\d+) .*");

    /** Nothing that staff do here reads a record. */
    private static final String NO_SERVER = "{kind: url, url: \"http://127.0.0.1:1/fhir\"}";

    @TempDir
    static Path directory;

    @Test
    void a_passkey_signs_in_once_the_certificate_has_bound_it() throws Exception {
        try (PortalBrowser browser = PortalBrowser.start();
                PortalBrowser.Window window = browser.window();
                TwoOrganizations network = TwoOrganizations.start(directory, NO_SERVER)) {
            String pages = network.address.replace("127.0.0.1", "localhost") + "/clinic/staff";
            window.addAuthenticator();
            Page page = window.page();
            page.navigate(pages + "/home");
            assertThat(page).hasURL(pages);
            window.checkAccessibility("staff-sign-in");

            page.getByText("Make one for your certificate").click();
            make(page, network.cityStaff);
            assertThat(page.locator("#passkey-status")).containsText("No certificate in force of this organization");
            window.forgive("404");
            Passkey lost = made(page, network.clinician);
            network.submit(new BindPasskey(lost.key, lost.origin), network.clinician.kid(), network.clinician.key());
            window.checkAccessibility("staff-passkey");
            window.restAuthenticators();
            page.navigate(pages);
            click(page, "Sign in with your passkey");
            assertThat(page).hasTitle("Staff of clinic");
            assertThat(page.locator("main")).containsText("clinician");
            window.checkAccessibility("staff-home");

            SoftPasskey other = new SoftPasskey(lost.origin);
            network.submit(
                    new BindPasskey(other.publicKey(), lost.origin), network.clinician.kid(), network.clinician.key());
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Passkeys"))
                    .click();
            assertThat(page.locator("article")).hasCount(2);
            window.checkAccessibility("staff-passkeys");
            click(page, "Unbind it for ever");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("I unbind a passkey of mine");
            click(page, "Sign with my passkey");
            assertThat(page.locator("main")).containsText("Signed, and on the ledger.");
            assertThat(page.locator("article")).hasCount(1);

            network.submit(new UnbindPasskey(lost.key.thumbprint()), network.clinician.kid(), network.clinician.key());
            page.reload();
            assertThat(page).hasURL(pages);
            click(page, "Sign in with your passkey");
            assertThat(page.locator("#sign-in-status")).containsText("not known here");
            window.forgive("401");
        }
    }

    private record Passkey(P256PublicKey key, String origin) {}

    private static void make(Page page, Credential holder) {
        page.getByLabel("Number of your certificate").fill(holder.kid().base64Url());
        click(page, "Make a passkey");
    }

    private static Passkey made(Page page, Credential holder) {
        make(page, holder);
        assertThat(page.getByText("Now bind it")).isVisible();
        Matcher command = COMMAND.matcher(page.locator("#passkey-command").textContent());
        assertThat(command.matches()).isTrue();
        return new Passkey(P256PublicKey.ofBase64Url(command.group(1)), command.group(2));
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
