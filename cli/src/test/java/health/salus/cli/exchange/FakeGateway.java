package health.salus.cli.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A web server in the shape of a gateway: gives tokens to everybody and prepared answers to who shows one. */
final class FakeGateway implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> received = new ConcurrentHashMap<>();

    FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        answer("/hospital/fhir/.well-known/smart-configuration", 200, "{\"token_endpoint\":\"" + tokenUrl() + "\"}");
        answer("/hospital/token", 200, "{\"access_token\":\"let-me-in\"}");
    }

    /** Base address of its FHIR door. */
    String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/hospital/fhir";
    }

    String tokenUrl() {
        return "http://localhost:" + server.getAddress().getPort() + "/hospital/token";
    }

    /** From now on, requests for {@code path} (with its query) are answered so. */
    FakeGateway answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    /** Body of the last request for {@code path}. */
    String received(String path) {
        return received.getOrDefault(path, "");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        received.put(target, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean open = target.endsWith("/token") || target.endsWith("/smart-configuration");
        boolean known = "Bearer let-me-in".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = open || known
                ? answers.getOrDefault(target, new Answer(404, "{\"detail\":\"nothing there\"}"))
                : new Answer(401, "{}");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
