package health.salus.node.explorer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import health.salus.node.pages.PortalBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The explorer as somebody uses it in Chromium. */
class ExplorerIT {
    @TempDir
    static Path directory;

    private static PortalBrowser browser;
    private static ExplorerNetwork network;

    @BeforeAll
    static void start() throws IOException {
        browser = PortalBrowser.start();
        network = new ExplorerNetwork(directory);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void from_the_overview_to_a_transaction_whose_receipt_is_verified_and_an_altered_one_refused() {
        try (PortalBrowser.Window window = browser.window()) {
            Page page = window.page();
            page.navigate(network.url("/explorer"));
            window.checkAccessibility("explorer-overview");
            page.locator("td a[href$='/blocks/1']").click();
            window.checkAccessibility("explorer-block");
            link(page, network.enrolled.id().base64Url()).click();
            assertThat(page.locator("proof-state[state=verified]")).containsText("Verified in this browser");
            window.checkAccessibility("explorer-transaction");

            String receipt = page.waitForDownload(() -> page.locator("#receipt").click())
                    .path()
                    .toString();
            link(page, "Verify").click();
            page.locator("#receipt").setInputFiles(Path.of(receipt));
            assertThat(page.locator("#verdict"))
                    .containsText(
                            "Verified: transaction " + network.enrolled.id().base64Url());
            assertThat(page.locator("#verdict")).containsText("The network accepted it.");
            assertThat(page.locator("#verdict")).containsText("cosigned by clinic");
            window.checkAccessibility("explorer-verify");

            page.locator("#receipt").setInputFiles(file("altered.txt", altered(Path.of(receipt))));
            assertThat(page.locator("receipt-check[state=refused] #verdict")).containsText("Not verified: ");
            page.locator("#receipt").setInputFiles(file("letter.txt", "Dear Sir or Madam"));
            assertThat(page.locator("receipt-check[state=refused] #verdict")).containsText("malformed receipt");
        }
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String altered(Path receipt) {
        try {
            return Files.readString(receipt).replace("\"height\":1", "\"height\":7");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/plain", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_receipt_can_be_dropped_and_is_checked_against_the_policy_that_the_reader_gives() {
        try (PortalBrowser.Window window = browser.window()) {
            Page page = window.page();
            page.navigate(network.url("/explorer/verify"));
            page.evaluate("""
                    async (url) => {
                      const files = new DataTransfer();
                      files.items.add(new File([await (await fetch(url)).text()], 'receipt.txt'));
                      document.dispatchEvent(new DragEvent('drop', { dataTransfer: files, cancelable: true }));
                    }""", "/ledger/transactions/" + network.rejected.id().base64Url() + "/receipt");
            assertThat(page.locator("receipt-check[state=verified] #verdict"))
                    .containsText("The network rejected it: ");

            page.locator("summary").press("Enter");
            page.locator("#trust").fill("quorum none");
            page.locator("#trust").blur();
            assertThat(page.locator("receipt-check[state=refused] #verdict"))
                    .containsText("no signature by a known key");
        }
    }

    @Test
    void the_network_its_proposals_and_its_checkpoint() {
        try (PortalBrowser.Window window = browser.window()) {
            Page page = window.page();
            page.navigate(network.url("/explorer/organizations?lang=de"));
            window.checkAccessibility("explorer-organizations");
            link(page, "Anträge").click();
            link(page, "lab aufnehmen").click();
            window.checkAccessibility("explorer-proposal");
            link(page, "Prüfpunkte").click();
            assertThat(page.locator("checkpoint-state[state=verified]")).containsText("Zeugen: clinic");
            window.checkAccessibility("explorer-checkpoints");
        }
    }

    @Test
    void the_overview_follows_the_ledger_unless_it_is_told_not_to() {
        try (PortalBrowser.Window window = browser.window()) {
            Page page = window.page();
            page.navigate(network.url("/explorer"));
            int height = Integer.parseInt(page.locator("#height").textContent());
            page.waitForResponse("**/ledger/status", () -> {});
            network.grow();
            assertThat(page.locator("#height")).hasText(Integer.toString(height + 1));

            page.locator("#live-switch").uncheck();
            network.grow();
            page.waitForTimeout(3_500);
            assertThat(page.locator("#height")).hasText(Integer.toString(height + 1));
        }
    }

    @Test
    void without_scripts_everything_can_be_read() {
        try (PortalBrowser.Window window = browser.withoutScripts()) {
            Page page = window.page();
            page.navigate(network.url("/explorer"));
            link(page, "Blocks").click();
            page.locator("td a[href$='/blocks/2']").click();
            link(page, network.proposed.id().base64Url()).click();
            assertThat(page.locator("proof-state")).hasText("Receipt");
            assertThat(page.locator("main")).containsText("admit-organization");
            page.navigate(network.url("/explorer/verify"));
            assertThat(page.locator("noscript p")).isVisible(); // is an element only where scripts don't run
        }
    }
}
