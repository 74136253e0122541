package health.salus.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpHandler;
import health.salus.node.backend.BackendException.Effect;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HttpBackendFailuresIT {
    private static final FhirRequest READ = FhirRequest.get("Patient/1");

    @Test
    void a_server_that_is_down_did_nothing() throws IOException {
        URI nobody;
        try (LoopbackServer gone = LoopbackServer.of(exchange -> exchange.close())) {
            nobody = gone.base();
        }
        assertThat(effectOfReading(nobody)).isEqualTo(Effect.NONE);
    }

    @Test
    void of_a_server_that_is_silent_nothing_is_known() throws IOException {
        CountDownLatch released = new CountDownLatch(1);
        assertThat(effectOf(exchange -> {
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isEqualTo(Effect.UNKNOWN);
        released.countDown();
    }

    @Test
    void of_a_server_that_hangs_up_nothing_is_known() throws IOException {
        assertThat(effectOf(exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(1);
                    exchange.close();
                }))
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void an_answer_too_large_for_memory_is_none() throws IOException {
        assertThat(effectOf(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(new byte[100_000]);
                    exchange.close();
                }))
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void a_redirect_is_handed_on_rather_than_followed() throws IOException {
        HttpHandler redirect = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        };
        try (LoopbackServer server = LoopbackServer.of(redirect);
                HttpBackend backend = backend(server.base())) {
            assertThat(backend.exchange(READ).status()).isEqualTo(307);
        }
    }

    @Test
    void of_a_server_whose_answer_drips_nothing_is_known() throws IOException {
        assertThat(effectOf(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 600; i++) { // a minute
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        LockSupport.parkNanos(100_000_000);
                    }
                }))
                .isEqualTo(Effect.UNKNOWN);
    }

    private static Effect effectOf(HttpHandler handler) throws IOException {
        try (LoopbackServer server = LoopbackServer.of(handler)) {
            return effectOfReading(server.base());
        }
    }

    private static Effect effectOfReading(URI base) {
        try (HttpBackend backend = backend(base)) {
            return assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.exchange(READ))
                    .actual()
                    .effect();
        }
    }

    private static HttpBackend backend(URI base) {
        return new HttpBackend(base, Duration.ofSeconds(2), 50_000);
    }
}
