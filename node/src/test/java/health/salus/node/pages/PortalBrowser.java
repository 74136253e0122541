package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import health.salus.identity.testing.SoftPasskey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, without a window. Where there is none, tests that want it are skipped. Pages are asked for
 * under {@code localhost}: browsers know no passkeys for IP addresses.
 */
public final class PortalBrowser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("salus.chromium", "/usr/bin/chromium"));
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> WCAG_2_2_AA =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final double REST_MILLIS = 8_000;

    private final Playwright playwright;
    private final Browser browser;

    private PortalBrowser() {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    /** Starts it, or skips the test. */
    public static PortalBrowser start() {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM + ": not tested in a browser");
        return new PortalBrowser();
    }

    /** A browser of somebody, with cookies of their own. */
    public Window window() {
        return new Window(options());
    }

    /** One in which scripts don't run. */
    public Window withoutScripts() {
        return new Window(options().setJavaScriptEnabled(false));
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 900);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** One page with its cookies. Closing it fails where the page complained on its console, as of its security policy. */
    public final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();
        private @Nullable CDPSession devTools;

        private Window(Browser.NewContextOptions options) {
            this.context = browser.newContext(options);
            this.page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add("error at " + page.url() + ": " + message.text());
                }
            });
            page.onPageError(error -> complaints.add("failure at " + page.url() + ": " + error));
        }

        /** The page, as Playwright has it. */
        public Page page() {
            return page;
        }

        /** Adds an authenticator that keeps passkeys and always finds its user present and verified. */
        public Authenticator addAuthenticator() {
            return addAuthenticator("internal");
        }

        /** The same, reached in another way: {@code usb}. It is touched whenever any is asked for, so remove it in time. */
        public Authenticator addAuthenticator(String transport) {
            if (devTools == null) {
                devTools = context.newCDPSession(page);
                devTools.send("WebAuthn.enable");
            }
            return new Authenticator(devTools, transport);
        }

        /** Waits: for some seconds after it made a passkey, Chromium's virtual authenticator may not answer. */
        public void restAuthenticators() {
            page.waitForTimeout(REST_MILLIS);
        }

        /** Takes complaints with this text for expected. */
        public void forgive(String text) {
            complaints.removeIf(complaint -> complaint.contains(text));
        }

        /** Keeps a picture of the page, for people. */
        public void picture(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".png"))
                    .setFullPage(true));
        }

        /** Checks the page as it is against WCAG 2.2 AA, light on a desktop and dark on a phone; keeps pictures. */
        public void checkAccessibility(String name) {
            checkAccessibility(name, ColorScheme.DARK, 360);
            checkAccessibility(name, ColorScheme.LIGHT, 1280);
        }

        private void checkAccessibility(String name, ColorScheme scheme, int width) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(width, 900);
            String look = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
            picture(look);
            assertThat(new AxeBuilder(page).withTags(WCAG_2_2_AA).analyze().getViolations())
                    .as(look)
                    .extracting(violation -> violation.getId() + " " + violation.getNodes())
                    .isEmpty();
            assertThat((Boolean) page.evaluate(
                            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .as(look + ": nothing is wider than the screen")
                    .isTrue();
        }

        @Override
        public void close() {
            context.close();
            assertThat(complaints).isEmpty();
        }
    }

    /** A virtual authenticator (WebDriver WebAuthn). */
    public static final class Authenticator {
        private final CDPSession session;
        private final String id;

        private Authenticator(CDPSession session, String transport) {
            this.session = session;
            JsonObject options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", transport);
            options.addProperty("hasResidentKey", true);
            options.addProperty("hasUserVerification", true);
            options.addProperty("isUserVerified", true);
            JsonObject arguments = new JsonObject();
            arguments.add("options", options);
            this.id = session.send("WebAuthn.addVirtualAuthenticator", arguments)
                    .get("authenticatorId")
                    .getAsString();
        }

        /** Whether the user shows a finger, a face or a PIN from now on. */
        public void verifiesUser(boolean verifies) {
            JsonObject arguments = new JsonObject();
            arguments.addProperty("authenticatorId", id);
            arguments.addProperty("isUserVerified", verifies);
            session.send("WebAuthn.setUserVerified", arguments);
        }

        /** Takes it away. */
        public void remove() {
            JsonObject arguments = new JsonObject();
            arguments.addProperty("authenticatorId", id);
            session.send("WebAuthn.removeVirtualAuthenticator", arguments);
        }

        /** Gives it a passkey that was made elsewhere, for pages of {@code domain}; it answers at once. */
        public void keep(SoftPasskey passkey, String domain, byte[] userHandle) {
            Base64.Encoder encoder = Base64.getEncoder();
            JsonObject credential = new JsonObject();
            credential.addProperty("credentialId", encoder.encodeToString(userHandle));
            credential.addProperty("isResidentCredential", true);
            credential.addProperty("rpId", domain);
            credential.addProperty("privateKey", encoder.encodeToString(passkey.privateKey()));
            credential.addProperty("userHandle", encoder.encodeToString(userHandle));
            credential.addProperty("signCount", 1);
            JsonObject arguments = new JsonObject();
            arguments.addProperty("authenticatorId", id);
            arguments.add("credential", credential);
            session.send("WebAuthn.addCredential", arguments);
        }

        /** How many passkeys it keeps. */
        public int passkeys() {
            JsonObject arguments = new JsonObject();
            arguments.addProperty("authenticatorId", id);
            return session.send("WebAuthn.getCredentials", arguments)
                    .getAsJsonArray("credentials")
                    .size();
        }
    }
}
