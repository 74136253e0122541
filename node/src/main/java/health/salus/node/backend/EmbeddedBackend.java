package health.salus.node.backend;

import health.salus.fhirserver.EmbeddedFhirServer;
import health.salus.fhirserver.StoredResource;
import health.salus.node.backend.BackendException.Effect;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The FHIR server inside this process, called as a servlet without a container or a socket between. */
public final class EmbeddedBackend implements FhirBackend {
    private final EmbeddedFhirServer server;
    private final CompletableFuture<HttpServlet> servlet;

    /** Takes over a server; closing this closes it. */
    public EmbeddedBackend(EmbeddedFhirServer server) {
        this.server = server;
        this.servlet = server.ready();
    }

    @Override
    public void begin() {
        server.begin();
    }

    @Override
    public FhirResponse exchange(FhirRequest request) {
        InProcessRequest in = new InProcessRequest(server.base(), request);
        InProcessResponse out = new InProcessResponse();
        try {
            started().service(in, out);
            return out.toFhirResponse(request.method());
        } catch (ServletException | IOException | RuntimeException e) {
            throw new BackendException(Effect.UNKNOWN, "embedded FHIR server failed", e);
        }
    }

    @Override
    public Optional<FhirResponse> stored(String type, String id) {
        return server.stored(type, id).map(EmbeddedBackend::response);
    }

    private static FhirResponse response(StoredResource resource) {
        String modified =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(resource.modified().atOffset(ZoneOffset.UTC));
        return new FhirResponse(200, Headers.of("Last-Modified", modified), Body.of(resource.json()));
    }

    private HttpServlet started() {
        if (servlet.isCompletedExceptionally()) {
            throw new BackendException(
                    Effect.NONE, "embedded FHIR server did not start; see the log", servlet.exceptionNow());
        }
        if (!servlet.isDone()) {
            throw new BackendException(
                    Effect.NONE, "embedded FHIR server is still starting; try again in some seconds");
        }
        return servlet.join();
    }

    @Override
    public URI base() {
        return server.base();
    }

    @Override
    public CompletableFuture<Void> ready() {
        return servlet.thenAccept(running -> {});
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public boolean takesOffset() {
        return true;
    }
}
