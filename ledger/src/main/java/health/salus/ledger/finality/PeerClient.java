package health.salus.ledger.finality;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to other nodes. Connections are kept, redirects not followed, and answers have a longest length and a last moment.
 * Small messages go by a client that blocks, which takes a fraction of the processor time. Thread-safe.
 */
public final class PeerClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int MOST_CONNECTIONS = 4; // with each node
    private static final Timeout SILENCE = Timeout.ofSeconds(5);

    private final HttpClient files;
    private final CloseableHttpClient messages;

    private PeerClient(HttpClient files, CloseableHttpClient messages) {
        this.files = files;
        this.messages = messages;
    }

    /** Believes whom {@code tls} believes. */
    public static PeerClient of(SSLContext tls) {
        HttpClient files = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(tls)
                .build();
        return new PeerClient(files, messages(tls));
    }

    private static CloseableHttpClient messages(SSLContext tls) {
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT))
                .setSocketTimeout(SILENCE)
                .setValidateAfterInactivity(TimeValue.ofSeconds(1)) // the other end may have closed it
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                                tls,
                                HostnameVerificationPolicy.BUILTIN, // TLS itself compares names, so nothing else does
                                NoopHostnameVerifier.INSTANCE))
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setHandshakeTimeout(Timeout.of(CONNECT))
                                .build())
                        .setDefaultConnectionConfig(connections)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setMaxConnTotal(Integer.MAX_VALUE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .setDefaultCookieSpecRegistry(_ -> null) // its default reads a long list of domains
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    /**
     * Posts JSON; blocks until the body of the answer is complete or this client is closed, whether interrupted or not.
     *
     * @throws IOException if the answer is not 200, is too long or too late
     */
    byte[] post(URI address, byte[] json, int maxBytes) throws IOException {
        HttpPost request = new HttpPost(address);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        return messages.execute(request, response -> {
            try {
                return body(response, maxBytes);
            } catch (IOException e) {
                request.cancel(); // closing the answer would read it to its end, if it has one
                throw new IOException("answer of " + address + ": " + e.getMessage(), e);
            }
        });
    }

    private static byte[] body(ClassicHttpResponse response, int maxBytes) throws IOException {
        long end = System.nanoTime() + SILENCE.toNanoseconds();
        HttpEntity entity = response.getEntity();
        if (response.getCode() != 200 || entity == null) {
            throw new IOException(response.getCode() + " (expected: 200 and a body)");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] some = new byte[8 << 10];
        InputStream in = entity.getContent();
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            body.write(some, 0, count);
            if (body.size() > maxBytes || System.nanoTime() - end > 0) {
                throw new IOException(
                        "too long or too late (expected: " + maxBytes + " bytes within " + SILENCE.toSeconds() + " s)");
            }
        }
        return body.toByteArray();
    }

    /**
     * The body of an answer 200; empty: 404. The time is for the body too, which a request's own timeout is not.
     *
     * @throws IOException if the answer is any other, too long or too late
     */
    Optional<byte[]> get(URI address, int maxBytes, Duration patience) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = files.sendAsync(
                HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), maxBytes));
        try {
            HttpResponse<byte[]> response = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException("answer " + response.statusCode() + " of " + address);
            }
            return Optional.of(response.body());
        } catch (TimeoutException e) {
            throw new IOException("no answer of " + address + " within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer of " + address + ": " + e.getCause(), e);
        } finally {
            sent.cancel(true);
        }
    }

    /** Ends what is under way, too. */
    @Override
    public void close() {
        messages.close(CloseMode.IMMEDIATE);
        files.shutdownNow();
    }
}
