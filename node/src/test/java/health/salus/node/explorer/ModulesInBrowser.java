package health.salus.node.explorer;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** An empty page in Chromium that can import the verification modules; no node is needed for it. */
final class ModulesInBrowser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String MODULES = "/health/salus/node/pages/assets";

    private final HttpServer files;
    private final Playwright playwright;
    private final Page page;

    private ModulesInBrowser() throws IOException {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", ModulesInBrowser::serve);
        files.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
        page = browser.newPage();
        page.navigate(
                "http://localhost:" + files.getAddress().getPort() + "/"); // a secure context, unlike 127.0.0.1's name
    }

    /** Opens it; where there is no Chromium, the test is skipped and says so. */
    static ModulesInBrowser open() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
        return new ModulesInBrowser();
    }

    /** The texts that a function of one argument answers; it may import {@code /js/verify/….js}. */
    @SuppressWarnings("unchecked") // JSON knows no types
    List<String> call(String function, Object argument) {
        return (List<String>) page.evaluate(function, argument);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange;
                InputStream module =
                        path.endsWith(".js") ? ModulesInBrowser.class.getResourceAsStream(MODULES + path) : null) {
            boolean isPage = path.equals("/");
            byte[] body = isPage
                    ? "<!doctype html><html lang=en><title>modules</title>".getBytes(StandardCharsets.UTF_8)
                    : module == null ? new byte[0] : module.readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", isPage ? "text/html" : "text/javascript");
            exchange.sendResponseHeaders(isPage || module != null ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        playwright.close();
        files.stop(0);
    }
}
