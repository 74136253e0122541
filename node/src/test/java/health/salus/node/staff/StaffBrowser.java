package health.salus.node.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.identity.Credential;
import health.salus.identity.P256PublicKey;
import health.salus.identity.testing.SoftPasskey;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.pages.PortalBrowser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A member of staff at their browser. */
record StaffBrowser(Page page, String address) {
    private static final Pattern COMMAND = Pattern.compile(
            "salus identity bind-passkey --passkey=([A-Za-z0-9_-]{86}) --origin (http://localhost:\\d+) .*");

    /** What the page told of a passkey that was made on it. */
    record Made(P256PublicKey key, String origin) {}

    /** On the first page of the staff of an organization. */
    static StaffBrowser at(TwoOrganizations network, PortalBrowser.Window window, String organization) {
        String address = network.address.replace("127.0.0.1", "localhost") + "/" + organization + "/staff";
        window.page().navigate(address);
        return new StaffBrowser(window.page(), address);
    }

    /** With a passkey that is bound to the holder's certificate, and was used to sign in. */
    static StaffBrowser signIn(
            TwoOrganizations network, PortalBrowser.Window window, String organization, Credential holder)
            throws Exception {
        String origin = network.address.replace("127.0.0.1", "localhost");
        SoftPasskey passkey = new SoftPasskey(origin);
        network.submit(new BindPasskey(passkey.publicKey(), origin), holder.kid(), holder.key());
        window.addAuthenticator().keep(passkey, "localhost", holder.kid().bytes());
        StaffBrowser browser = at(network, window, organization);
        browser.click("Sign in with your passkey");
        assertThat(browser.page).hasURL(browser.address + "/home");
        return browser;
    }

    /** Makes a passkey. */
    Made make(Credential holder) {
        page.navigate(address + "/passkey");
        ask(holder);
        assertThat(page.getByText("Now bind it")).isVisible();
        Matcher command = COMMAND.matcher(page.locator("#passkey-command").textContent());
        if (!command.matches()) {
            throw new AssertionError(
                    "no command: " + page.locator("#passkey-command").textContent());
        }
        return new Made(P256PublicKey.ofBase64Url(command.group(1)), command.group(2));
    }

    /** Asks to make one, on the page for it. */
    void ask(Credential holder) {
        page.getByLabel("Number of your certificate").fill(holder.kid().base64Url());
        click("Make a passkey");
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    /** Follows the link to another of the pages. */
    void open(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .click();
    }
}
