package health.salus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A patient at the portal with Chromium and a virtual passkey, who looks at how long pages take. Not thread-safe. */
final class PatientInBrowser {
    /** For some seconds after it made a passkey, Chromium's virtual authenticator may not answer. */
    private static final Duration REST = Duration.ofSeconds(8);

    private static final Duration QUIET = Duration.ofMillis(700);
    private static final String PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";

    private final Chromium browser;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong latest = new AtomicLong();

    PatientInBrowser(Chromium browser) throws IOException, InterruptedException {
        this.browser = browser;
        browser.listen(this::count);
        browser.send("Network.enable", Map.of());
        browser.send("Page.enable", Map.of());
        browser.send(
                "Target.setAutoAttach", Map.of("autoAttach", true, "waitForDebuggerOnStart", true, "flatten", true));
    }

    /** What came over the wire, for workers of the page, too. */
    private void count(JsonNode event) {
        switch (event.path("method").asText()) {
            case "Network.loadingFinished" -> {
                bytes.addAndGet(event.path("params").path("encodedDataLength").asLong());
                latest.set(System.nanoTime());
            }
            case "Target.attachedToTarget" -> {
                String worker = event.path("params").path("sessionId").asText();
                browser.tell(worker, "Network.enable");
                browser.tell(worker, "Runtime.runIfWaitingForDebugger");
            }
            default -> {}
        }
    }

    /** Registers by invitation, and signs in; the cookies of the session, as a browser sends them. */
    String signIn(URI invitation) throws IOException, InterruptedException {
        browser.send("WebAuthn.enable", Map.of());
        browser.send(
                "WebAuthn.addVirtualAuthenticator",
                Map.of(
                        "options",
                        Map.of(
                                "protocol",
                                "ctap2",
                                "transport",
                                "internal",
                                "hasResidentKey",
                                true,
                                "hasUserVerification",
                                true,
                                "isUserVerified",
                                true)));
        browser.open(invitation.toString());
        click("main button:not([disabled])");
        browser.await("Boolean(document.querySelector('main a[href$=\"/portal\"]'))");
        Thread.sleep(REST);
        browser.open(invitation.resolve("/hospital/portal").toString());
        click("main button:not([disabled])");
        browser.await("location.pathname.endsWith('/portal/home')");
        List<String> cookies = new ArrayList<>();
        for (JsonNode cookie : browser.send("Network.getCookies", Map.of("urls", List.of(invitation.toString())))
                .path("cookies")) {
            cookies.add(
                    cookie.path("name").asText() + "=" + cookie.path("value").asText());
        }
        return String.join("; ", cookies);
    }

    private void click(String selector) throws IOException, InterruptedException {
        browser.await("Boolean(document.querySelector('" + selector + "'))");
        browser.value("document.querySelector('" + selector + "').click()");
    }

    /** How a page came that was in no cache, nor anything that it is made of. */
    record Visit(double firstContentfulPaintMillis, long bytes) {}

    /** Visits a page. */
    Visit visit(URI address) throws IOException, InterruptedException {
        browser.open("about:blank");
        browser.send("Network.clearBrowserCache", Map.of());
        bytes.set(0);
        latest.set(System.nanoTime());
        browser.open(address.toString());
        browser.await("document.readyState === 'complete' && (" + PAINT + ") > 0");
        while (System.nanoTime() - latest.get() < QUIET.toNanos()) {
            Thread.sleep(Duration.ofMillis(50));
        }
        return new Visit(browser.value(PAINT).asDouble(), bytes.get());
    }
}
