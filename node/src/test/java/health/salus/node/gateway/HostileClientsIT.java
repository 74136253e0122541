package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.backend.Body;
import health.salus.node.backend.EmbeddedBackend;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.ForeignServer;
import health.salus.node.backend.Headers;
import health.salus.node.backend.SharedFhirServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, break off or send too much. */
@ExtendWith(SharedFhirServer.class)
class HostileClientsIT {
    /** More bytes than what lies between two sockets. */
    private static final int MUCH = 24 << 20;

    @TempDir
    private static Path directory;

    private static ForeignServer server;
    private static TwoOrganizations network;
    private static TestClient staff;

    @BeforeAll
    static void start(EmbeddedBackend embedded) throws Exception {
        server = ForeignServer.of(embedded);
        network = TwoOrganizations.start(
                directory,
                "{kind: url, url: \"" + server.base() + "\"}",
                "--salus.limits.request-time=2s",
                "--salus.limits.idle-time=1s");
        staff = network.city(network.cityStaff, "system/*.cruds");
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    @Test
    void a_header_that_stops_is_given_up() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET /city/fhir/metadata HTTP/1.1\r\nHost: x\r\n");
            socket.setSoTimeout(20_000);

            assertThat(socket.getInputStream().readAllBytes()).asString().doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void headers_that_drip_keep_nobody_else_waiting() throws IOException {
        List<Socket> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = connect();
                dripping.add(socket);
                send(socket, "GET /city/fhir/metadata HTTP/1.1\r\nX-Slow: ");
            }
            for (int round = 0; round < 5; round++) {
                for (Socket socket : dripping) {
                    send(socket, "x");
                }
                assertThat(staff.get("/fhir/Patient?_count=1").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }

    @Test
    void a_body_that_drips_is_given_up_with_an_outcome_and_nothing_is_stored() throws Exception {
        String name = UUID.randomUUID().toString();
        String patient = patient(name);
        try (Socket socket = connect()) {
            send(socket, head(patient.length()));
            InputStream answer = socket.getInputStream();
            for (int i = 0; i < patient.length() - 1 && answer.available() == 0; i++) {
                send(socket, patient.substring(i, i + 1));
                Thread.sleep(100);
            }
            socket.setSoTimeout(20_000);

            assertThat(answer.readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 408")
                    .contains("OperationOutcome")
                    .doesNotContain("Exception");
        }
        requireNotStored(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: %d", "Transfer-Encoding: chunked"})
    void a_body_that_breaks_off_is_not_stored(String framing) throws Exception {
        String name = UUID.randomUUID().toString();
        String patient = patient(name);
        String body = framing.startsWith("C") ? patient : "%x\r\n%s\r\n".formatted(patient.length(), patient);
        try (Socket socket = connect()) {
            send(
                    socket,
                    head(patient.length() + 1)
                                    .replaceFirst("Content-Length: \\d+", framing.formatted(patient.length() + 1))
                            + body);
            socket.shutdownOutput(); // the whole resource is there, the body is not
            socket.setSoTimeout(20_000);

            assertThat(socket.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .doesNotStartWith("HTTP/1.1 2")
                    .doesNotContain("Exception");
        }
        requireNotStored(name);
    }

    @Test
    void a_reader_that_does_not_read_is_left() throws Exception {
        String large = "{\"resourceType\":\"Patient\",\"address\":[{\"text\":\"" + "x".repeat(MUCH) + "\"}]}";
        server.conduct((request, itself) -> request.path().equals("Patient/large")
                ? new FhirResponse(200, Headers.NONE, Body.of(large))
                : itself.exchange(request));
        List<Socket> sleeping = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4_096);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), network.node.port()));
                send(
                        socket,
                        "GET /city/fhir/Patient/large HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + staff.accessToken() + "\r\n\r\n");
                sleeping.add(socket);
            }
            Eventually.found(() -> hasBegun(sleeping.getFirst()) ? "the answer has begun" : null);
            Thread.sleep(5_000);
            assertThat(staff.get("/fhir/Patient?_count=1").statusCode()).isEqualTo(200);
            sleeping.getFirst().setSoTimeout(20_000);

            assertThat(bytesUntilTheEnd(sleeping.getFirst())).isLessThan(MUCH);
        } finally {
            server.conduct(ForeignServer.Conduct.GOOD);
            for (Socket socket : sleeping) {
                socket.close();
            }
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_with_an_outcome() {
        String name = UUID.randomUUID().toString();
        String large = patient(name)
                .replace("\"gender\"", "\"address\":[{\"text\":\"" + "x".repeat(33 << 20) + "\"}],\"gender\"");

        var answer = staff.post("/fhir/Patient", large);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    private static boolean hasBegun(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bytesUntilTheEnd(Socket socket) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int total = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                total += read;
            }
        } catch (java.net.SocketException reset) { // how the node leaves
            return total;
        }
        return total;
    }

    private static void requireNotStored(String name) {
        assertThat(staff.read("Patient?identifier=urn:test%7C" + name).path("entry"))
                .isEmpty();
    }

    private static String patient(String name) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:test\",\"value\":\"" + name
                + "\"}],\"gender\":\"male\"}";
    }

    private static String head(int length) {
        return "POST /city/fhir/Patient HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + staff.accessToken()
                + "\r\nContent-Type: application/fhir+json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), network.node.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
