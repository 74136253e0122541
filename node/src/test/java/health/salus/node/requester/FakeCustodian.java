package health.salus.node.requester;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.salus.node.web.OutgoingHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A custodian's gateway at {@code /city/fhir} that answers as it is told, and remembers what it was asked. */
final class FakeCustodian implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final OutgoingHttp http = OutgoingHttp.of(Duration.ofSeconds(5), 20_000);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FakeCustodian() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answer("/city/fhir/.well-known/smart-configuration", 200, "{\"token_endpoint\":\"" + base() + "/token\"}");
        answer("/city/token", 200, "{\"access_token\":\"abc\",\"expires_in\":300}");
        answer("/city/access/terms", 201, "{}");
        answer("/city/access/justifications", 201, "{}");
    }

    /** Says what a path is answered with from now on. */
    void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    /** Method, path and query, {@code Authorization} and body of what was asked, in that order. */
    List<String> asked() {
        return asked;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/city");
    }

    URI fhirBase() {
        return URI.create(base() + "/fhir");
    }

    OutgoingHttp http() {
        return http;
    }

    CustodianClient client() {
        return new CustodianClient(fhirBase(), http, InstantSource.system());
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            Answer answer = answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, ""));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up, and takes no more calls. */
    void leave() {
        server.stop(0);
    }

    @Override
    public void close() {
        http.close();
        leave();
    }
}
