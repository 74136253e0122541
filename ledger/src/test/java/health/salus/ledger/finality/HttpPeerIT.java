package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import health.salus.ledger.state.StateValues;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPeerIT {
    private static final char[] PASSWORD = "for-tests-only".toCharArray();

    private PeerClient client;
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpPeer peer;

    @BeforeEach
    void start() throws Exception {
        client = PeerClient.of(SSLContext.getDefault());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        peer = new HttpPeer(
                "n1", URI.create("http://localhost:" + server.getAddress().getPort()), client);
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
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

    @Test
    void an_answer_that_goes_on_and_on_is_cut_off() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(new byte[1 << 20]);
            }
        });
        assertThatThrownBy(() -> peer.exchange(List.of(), true)).hasMessageContaining("too long");
    }

    @Test
    void messages_go_by_one_connection() throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            reply(exchange, 200, new NotesMessage(List.of(), false).encode());
        });
        for (int i = 0; i < 5; i++) {
            assertThat(peer.exchange(List.of(), false)).isEmpty();
        }
        assertThat(ports).hasSize(1);
    }

    @Test
    void a_handshake_that_never_ends_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpPeer slow = new HttpPeer("n2", URI.create("https://localhost:" + silent.getLocalPort()), client);
            long start = System.nanoTime();
            assertThatThrownBy(() -> slow.exchange(List.of(), true)).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, true", "elsewhere.example, false"})
    void a_node_is_believed_by_the_name_in_its_certificate(String name, boolean believed, @TempDir Path dir)
            throws Exception {
        KeyStore keys = keys(name, dir.resolve("keys"));
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        secure.createContext("/", exchange -> reply(exchange, 200, new NotesMessage(List.of(), false).encode()));
        secure.start();
        try (PeerClient trusting = PeerClient.of(tls(keys))) {
            URI address = URI.create("https://localhost:" + secure.getAddress().getPort());
            HttpPeer other = new HttpPeer("n2", address, trusting);
            if (believed) {
                assertThat(other.exchange(List.of(), true)).isEmpty();
            } else {
                assertThatThrownBy(() -> other.exchange(List.of(), true)).isInstanceOf(SSLException.class);
            }
        } finally {
            secure.stop(0);
        }
    }

    /** A key with a certificate for a name. */
    private static KeyStore keys(String name, Path file) throws Exception {
        String command = System.getProperty("java.home") + "/bin/keytool -genkeypair -alias node -keyalg EC"
                + " -groupname secp256r1 -dname CN=node -ext san=dns:" + name + " -storetype PKCS12 -storepass "
                + new String(PASSWORD) + " -keystore " + file;
        assertThat(new ProcessBuilder(command.split(" ")).start().waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    /** Shows the key, and believes its certificate. */
    private static SSLContext tls(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("node", keys.getCertificate("node"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    @Test
    void nobody_waits_for_an_answer_once_the_client_is_closed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            asked.countDown();
            awaitEnd();
        });
        Thread thread = Thread.ofPlatform()
                .start(() ->
                        assertThatThrownBy(() -> peer.exchange(List.of(), true)).isInstanceOf(IOException.class));
        asked.await();
        client.close();
        assertThat(thread.join(Duration.ofSeconds(3))).isTrue();
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
