package health.salus.node.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Sends requests to other servers. Answers are whole, in memory, and no larger and no later than they may be; a redirect is an
 * answer, since following it could lead past whatever was checked of the address. Thread-safe.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration timeout;
    private final long maxAnswerBytes;

    private OutgoingHttp(HttpClient.Builder client, Duration timeout, long maxAnswerBytes) {
        this.client = client.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.timeout = timeout;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /**
     * Believes servers that the machine's authorities vouch for.
     *
     * @param timeout longest time from sending a request to the end of its answer
     * @param maxAnswerBytes largest answer; a larger one is none
     */
    public static OutgoingHttp of(Duration timeout, long maxAnswerBytes) {
        return new OutgoingHttp(HttpClient.newBuilder(), timeout, maxAnswerBytes);
    }

    /** The same, believing whom {@code tls} believes. */
    public static OutgoingHttp of(SSLContext tls, Duration timeout, long maxAnswerBytes) {
        return new OutgoingHttp(HttpClient.newBuilder().sslContext(tls), timeout, maxAnswerBytes);
    }

    /**
     * Sends a request; blocks until its answer is complete.
     *
     * @throws NotSentException if it cannot have arrived
     * @throws IOException if there is no complete answer; what the server did is unknown
     */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        HttpRequest sent = request.timeout(timeout).build();
        URI server = sent.uri().resolve("/"); // the rest may name somebody
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(sent, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            boolean neverSent =
                    e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException;
            throw neverSent
                    ? new NotSentException(server + " can't be reached", e)
                    : new IOException(server + " gave no complete answer", e);
        } catch (TimeoutException e) { // the client's own limit ends with the header
            answer.cancel(true);
            throw new IOException(server + " gave no complete answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + server);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
