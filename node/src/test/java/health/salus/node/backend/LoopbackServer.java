package health.salus.node.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server under {@code /fhir} on a free port of the loopback address. */
final class LoopbackServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private LoopbackServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/fhir", handler);
        server.start();
    }

    static LoopbackServer of(FhirBackend backend) throws IOException {
        return new LoopbackServer(exchange -> answer(exchange, backend));
    }

    static LoopbackServer of(HttpHandler handler) throws IOException {
        return new LoopbackServer(handler);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, FhirBackend backend) throws IOException {
        String path = exchange.getRequestURI().getRawPath().replaceFirst("^/fhir/?", "");
        String query = exchange.getRequestURI().getRawQuery();
        FhirResponse response = backend.exchange(new FhirRequest(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                Headers.of(exchange.getRequestHeaders()),
                Body.of(exchange.getRequestBody().readAllBytes())));
        for (String name : response.headers().names()) {
            exchange.getResponseHeaders().put(name, response.headers().all(name));
        }
        int length = response.body().length();
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(response.body().bytes());
        exchange.close();
    }
}
