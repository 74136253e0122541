package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.salus.ledger.state.StateValues;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPeerIT {
    private HttpClient client;
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpPeer peer;

    @BeforeEach
    void start() throws Exception {
        client = HttpPeer.client(SSLContext.getDefault());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        peer = new HttpPeer(
                "n1", URI.create("http://localhost:" + server.getAddress().getPort()), client);
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.shutdownNow();
        server.stop(0);
    }

    @Test
    void an_answer_is_read() throws Exception {
        NotesMessage message = new NotesMessage(
                List.of(new TestWitnesses(1).note(Histories.forged(TestWitnesses.ORIGIN, 3), Set.of(0))), false);
        answer(200, message.encode());
        assertThat(peer.exchange(List.of(), true)).isEqualTo(message.notes());
    }

    @Test
    void whatever_else_it_answers_is_an_exception_that_its_thread_survives() {
        for (String body : List.of("", "garbage", "{\"fresh\":false,\"notes\":[\"x\"]}")) {
            answer(200, body.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> peer.exchange(List.of(), true)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> peer.handoverAfter(0)).isInstanceOf(IOException.class);
            server.removeContext("/");
        }
        answer(500, new byte[0]);
        assertThatThrownBy(() -> peer.exchange(List.of(), true)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> peer.log().read("checkpoint")).isInstanceOf(IOException.class);
    }

    @Test
    void what_it_does_not_have_is_nothing() throws Exception {
        answer(404, new byte[0]);
        assertThat(peer.handoverAfter(7)).isEmpty();
        assertThat(peer.stateValues(7, "network/witnesses")).isEmpty();
        assertThat(peer.log().read("checkpoint")).isEmpty();
    }

    @Test
    void a_redirect_is_not_followed() {
        server.createContext("/ledger", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            reply(exchange, 302, new byte[0]);
        });
        server.createContext("/elsewhere", exchange -> reply(exchange, 200, new byte[] {'x'}));

        assertThatThrownBy(() -> peer.log().read("checkpoint")).hasMessageContaining("302");
    }

    @Test
    void an_answer_that_is_too_long_is_refused() {
        answer(200, new byte[Math.max(NotesMessage.MAX_BYTES, StateValues.MAX_BYTES) + 1]);
        assertThatThrownBy(() -> peer.exchange(List.of(), true)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> peer.stateValues(7, "")).isInstanceOf(IOException.class);
    }

    @Test
    void an_answer_that_never_ends_is_given_up() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write('{');
            body.flush();
            awaitEnd();
            exchange.close();
        });
        assertThatThrownBy(() -> peer.exchange(List.of(), true)).isInstanceOf(IOException.class);
    }

    private void awaitEnd() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void answer(int status, byte[] body) {
        server.createContext("/", exchange -> reply(exchange, status, body));
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
