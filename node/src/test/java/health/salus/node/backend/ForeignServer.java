package health.salus.node.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The shared server as somebody's existing one: at the other end of a socket, under an address of its own, and sometimes
 * slow, wrong or away.
 */
public final class ForeignServer implements AutoCloseable {
    private final FhirBackend server;
    private final int port;
    private volatile Conduct conduct = Conduct.GOOD;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer http;

    private ForeignServer(FhirBackend server) throws IOException {
        this.server = server;
        this.http = listen(0);
        this.port = http.getAddress().getPort();
    }

    /** How it answers a request. */
    @FunctionalInterface
    public interface Conduct {
        /** As the server does. */
        Conduct GOOD = (request, server) -> server.exchange(request);

        /** The answer; an exception closes the connection without one. */
        FhirResponse answer(FhirRequest request, FhirBackend server) throws IOException;
    }

    /** Serves {@code server} on a free port of the loopback address. */
    public static ForeignServer of(EmbeddedBackend server) throws IOException {
        return new ForeignServer(server);
    }

    /** Its base address. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + port + "/fhir");
    }

    /** The server itself, for what goes around the gateway. */
    public FhirBackend itself() {
        return server;
    }

    /** Answers like that from now on. */
    public void conduct(Conduct other) {
        conduct = other;
    }

    /** Nobody listens any more. */
    public void goAway() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** Listens again, at the same address. */
    public void comeBack() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        http = listen(port);
    }

    @Override
    public void close() {
        goAway();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        listening.setExecutor(threads);
        listening.createContext("/fhir", this::answer);
        listening.start();
        return listening;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        FhirRequest request = new FhirRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().replaceFirst("^/fhir/?", ""),
                query == null ? "" : query,
                Headers.of(exchange.getRequestHeaders()),
                Body.of(exchange.getRequestBody().readAllBytes()));
        try {
            FhirResponse response = conduct.answer(request, server);
            for (String name : response.headers().names()) {
                exchange.getResponseHeaders()
                        .put(
                                name,
                                response.headers().all(name).stream()
                                        .map(this::own)
                                        .toList());
            }
            byte[] body = Body.of(own(response.body().text())).bytes();
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            exchange.close();
        }
    }

    /** Its own address in place of the shared server's. */
    private String own(String text) {
        return text.replace(server.base().toString(), base().toString());
    }
}
