package health.salus.node.backend;

import health.salus.node.backend.BackendException.Effect;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A FHIR server reached over HTTP by its base address. It is taken to be up; each request finds out. */
public final class HttpBackend implements FhirBackend {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Set<String> RETURNED =
            Set.of("Content-Type", "Content-Location", "ETag", "Last-Modified", "Location", "Retry-After", "Warning");

    private final URI base;
    private final Duration timeout;
    private final long maxAnswerBytes;
    private final HttpClient client;

    /**
     * Makes no connection yet.
     *
     * @param base absolute, without a slash at the end
     * @param timeout longest time from sending a request to the end of its answer
     * @param maxAnswerBytes largest answer held in memory; a larger one is refused
     */
    public HttpBackend(URI base, Duration timeout, long maxAnswerBytes) {
        this.base = base;
        this.timeout = timeout;
        this.maxAnswerBytes = maxAnswerBytes;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // a redirect could lead past the gateway's checks
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Override
    public FhirResponse exchange(FhirRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                httpRequest(request), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new FhirResponse(
                    response.statusCode(),
                    Headers.of(response.headers().map()).only(RETURNED),
                    Body.of(response.body()));
        } catch (ExecutionException e) {
            boolean neverSent =
                    e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException;
            throw neverSent
                    ? new BackendException(Effect.NONE, "FHIR server " + base + " can't be reached", e)
                    : new BackendException(Effect.UNKNOWN, "FHIR server " + base + " gave no complete answer", e);
        } catch (TimeoutException e) { // the client's own limit ends with the header
            answer.cancel(true);
            throw new BackendException(Effect.UNKNOWN, "FHIR server " + base + " gave no complete answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new BackendException(Effect.UNKNOWN, "interrupted while waiting for FHIR server " + base, e);
        }
    }

    private HttpRequest httpRequest(FhirRequest request) {
        String address = base
                + (request.path().isEmpty() ? "" : "/" + request.path())
                + (request.query().isEmpty() ? "" : "?" + request.query());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address))
                .timeout(timeout)
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
        return builder.build();
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
        client.close();
    }
}
