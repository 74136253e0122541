package health.salus.node.backend;

import health.salus.node.backend.BackendException.Effect;
import health.salus.node.web.NotSentException;
import health.salus.node.web.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A FHIR server reached over HTTP by its base address. It is taken to be up; each request finds out. */
public final class HttpBackend implements FhirBackend {
    private static final Set<String> RETURNED =
            Set.of("Content-Type", "Content-Location", "ETag", "Last-Modified", "Location", "Retry-After", "Warning");

    private final URI base;
    private final OutgoingHttp http;

    /**
     * Makes no connection yet.
     *
     * @param base absolute, without a slash at the end
     * @param timeout longest time from sending a request to the end of its answer
     * @param maxAnswerBytes largest answer held in memory; a larger one is refused
     */
    public HttpBackend(URI base, Duration timeout, long maxAnswerBytes) {
        this.base = base;
        this.http = OutgoingHttp.of(timeout, maxAnswerBytes);
    }

    @Override
    public FhirResponse exchange(FhirRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(httpRequest(request));
            return new FhirResponse(
                    response.statusCode(),
                    Headers.of(response.headers().map()).only(RETURNED),
                    Body.of(response.body()));
        } catch (NotSentException e) {
            throw new BackendException(Effect.NONE, "FHIR server " + base + " can't be reached", e);
        } catch (IOException e) {
            throw new BackendException(Effect.UNKNOWN, "FHIR server " + base + " gave no complete answer", e);
        }
    }

    private HttpRequest.Builder httpRequest(FhirRequest request) {
        String address = base
                + (request.path().isEmpty() ? "" : "/" + request.path())
                + (request.query().isEmpty() ? "" : "?" + request.query());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address))
                .method(
                        request.method(),
                        request.body().length() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body().bytes()));
        for (String name : request.headers().names()) {
            for (String value : request.headers().all(name)) {
                builder.header(name, value);
            }
        }
        return builder;
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public CompletableFuture<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        http.close();
    }
}
