package health.salus.node.backend;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers like a FHIR server that has every Patient asked for, and nothing else. It starts at once. */
public final class PatientsOnlyServer implements AutoCloseable {
    private static final String NOTHING = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";

    private final LoopbackServer server;

    private PatientsOnlyServer(LoopbackServer server) {
        this.server = server;
    }

    public static PatientsOnlyServer start() throws IOException {
        return new PatientsOnlyServer(LoopbackServer.of(PatientsOnlyServer::answer));
    }

    /** What is configured of an organization that has this server. */
    public String settings() {
        return "{kind: url, url: \"" + base() + "\", timeout: 5s}";
    }

    private URI base() {
        return server.base();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.replaceFirst("^/fhir/Patient/([^/]+)$", "$1");
        byte[] body = (id.equals(path) ? NOTHING : patient(id)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String patient(String id) {
        return """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00Z"}}""".formatted(id);
    }

    @Override
    public void close() {
        server.close();
    }
}
