package health.salus.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class SalusNodeIT {
    @TempDir
    static Path directory;

    private static NodeFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = NodeFixture.start(
                directory,
                "--salus.limits.request-body=100KB",
                "--salus.limits.request-time=2s",
                "--salus.listen.trusted-proxies=127.0.0.2");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void is_alive_and_ready() throws Exception {
        assertThat(get("/node/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/node/health/readiness").body()).contains("\"UP\"");
    }

    @Test
    void tells_prometheus_what_it_does() throws Exception {
        assertThat(get("/node/prometheus").body())
                .contains("jvm_memory_used_bytes")
                .contains("application=\"salus\"");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, 127.0.0.7, 200",
        "127.0.0.2, 192.0.2.7, 403",
        "127.0.0.2, '127.0.0.7, 192.0.2.7', 403",
        "127.0.0.3, 127.0.0.7, 403"
    })
    void tells_nobody_else_and_nobody_who_may_be_anybody(String peer, String forwarded, int status) throws Exception {
        HttpResponse<String> answer = from(peer, "/node/prometheus", "X-Forwarded-For", forwarded);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void a_client_of_a_trusted_proxy_that_ends_tls_is_told_to_stay_with_tls() throws Exception {
        String hsts = "Strict-Transport-Security";

        assertThat(from("127.0.0.2", "/ledger", "X-Forwarded-Proto", "https")
                        .headers()
                        .firstValue(hsts))
                .isPresent();
        assertThat(from("127.0.0.3", "/ledger", "X-Forwarded-Proto", "https")
                        .headers()
                        .firstValue(hsts))
                .isEmpty();
    }

    private static HttpResponse<String> from(String peer, String path, String header, String value) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(peer))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            fixture.node().localAddress().resolve(path))
                    .header(header, value)
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** Whatever it answers: most of these requests are refused. */
    @Test
    void every_door_says_what_it_answers_in_which_charset_and_that_it_is_in_no_page() throws Exception {
        Set<String> doors = new TreeSet<>(List.of("GET /node/health", "GET /node/prometheus", "GET /hospital/fhir/x"));
        fixture.node()
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(door -> door.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> door.getPatternValues()
                                .forEach(path -> doors.add(method + " "
                                        + path.replace("{organization}", "hospital")
                                                .replaceAll("\\{[^}]*}|\\*\\*", "x")))));
        assertThat(doors).hasSizeGreaterThan(80);

        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String door : doors) {
                String[] parts = door.split(" ", 2);
                HttpRequest request = HttpRequest.newBuilder(
                                fixture.node().localAddress().resolve(parts[1]))
                        .method(parts[0], BodyPublishers.noBody())
                        .build();
                HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    String type = answer.headers().firstValue("Content-Type").orElse("");
                    assertThat(type).as(door).matches(".+/.+|");
                    assertThat(!type.isEmpty() || body.read() < 0).as(door).isTrue();
                    assertThat(type).as(door).matches("(?i)(?!text/|.*xml).*|.*;\\s*charset=utf-8");
                }
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElse(""))
                        .as(door)
                        .contains("default-src 'none'", "frame-ancestors 'none'");
            }
        }
    }

    @Test
    void an_unknown_address_is_a_problem() throws Exception {
        HttpResponse<String> answer = get("/nothing/here");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void an_unknown_address_under_fhir_is_an_operation_outcome() throws Exception {
        HttpResponse<String> answer = get("/nobody/fhir/Patient/1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"OperationOutcome\"");
    }

    @Test
    void a_wrong_method_is_a_problem_that_names_the_right_ones() throws Exception {
        HttpResponse<String> answer = send("DELETE", "/ledger/checkpoint", "text/plain", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void a_body_beyond_the_limit_is_refused() throws Exception {
        HttpResponse<String> answer = send("POST", "/ledger/transactions", "application/jose", "x".repeat(200_000));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too-large");
    }

    @Test
    void a_body_that_drips_is_cut_off() throws Exception {
        String answer = raw(
                "POST /ledger/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
                        + "Content-Length: 1000\r\n\r\n",
                "a");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("too-slow");
    }

    @Test
    void a_malformed_request_line_is_a_problem() throws Exception {
        String answer = raw("GET /ledger/\\ HTTP/1.1\r\nHost: x\r\n\r\n", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("invalid-request")
                .doesNotContain("Tomcat");
    }

    @Test
    void nothing_is_traced() throws Exception {
        String answer = raw("TRACE /ledger HTTP/1.1\r\nHost: x\r\nX-Secret: 7\r\n\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("X-Secret");
    }

    @Test
    void two_lengths_of_one_body_are_refused() throws Exception {
        String answer = raw(
                "POST /ledger/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
                        + "Content-Length: 1\r\nContent-Length: 2\r\n\r\naa",
                "");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void what_follows_a_body_with_a_length_and_chunks_is_no_second_request() throws Exception {
        String answer = raw(
                "POST /ledger/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n"
                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + "GET /ledger HTTP/1.1\r\nHost: x\r\n\r\n",
                "");

        assertThat(answer).containsOnlyOnce("HTTP/1.1").contains("Connection: close");
    }

    @Test
    void pages_of_other_origins_read_nothing() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        fixture.node().localAddress().resolve("/ledger"))
                .header("Origin", "https://elsewhere.example")
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void a_setting_that_is_not_known_keeps_the_node_from_starting() {
        Path file = directory.resolve("salus.yaml");

        assertThatThrownBy(() -> SalusNode.start(file, List.of("--salus.listen.prot=1")))
                .hasStackTraceContaining("salus.listen.prot");
    }

    @Test
    void what_is_refused_is_logged_with_its_door_and_nothing_of_who_asked_for_what() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("health.salus.node.web.RefusedRequests");
        logger.addAppender(log);
        try {
            get("/hospital/findings?name=Jane");
            send("POST", "/hospital/staff/sign-in", "application/json", "{\"Jane\":1}");
            send("POST", "/ledger/transactions", "application/jose", "Jane");
            send("DELETE", "/ledger/blocks/Jane", "text/plain", "");
            send("POST", "/Jane", "text/plain", "x".repeat(200_000));
            raw("GET /ledger/Jane\\ HTTP/1.1\r\nHost: x\r\n\r\n", "");
            get("/ledger");
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(event -> event.getMessage() + " " + event.getKeyValuePairs())
                .containsExactly(
                        "request refused [door=\"/{organization}/findings\", status=\"401\"]",
                        "request refused [door=\"/{organization}/staff\", status=\"403\"]",
                        "request refused [door=\"/ledger/transactions\", status=\"400\"]",
                        "request refused [door=\"none\", status=\"405\"]",
                        "request refused [door=\"none\", status=\"413\"]",
                        "request refused [door=\"none\", status=\"400\"]");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "text/plain", "");
    }

    private static HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        fixture.node().localAddress().resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** Sends a request, then one piece of body every tenth of a second until the node answers. */
    private static String raw(String head, String piece) throws IOException, InterruptedException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), fixture.node().port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            for (int i = 0; i < 300 && answer.available() == 0; i++) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(100);
            }
            socket.setSoTimeout(1_000);
            byte[] bytes = new byte[4096];
            int read = answer.read(bytes);
            return new String(bytes, 0, Math.max(read, 0), StandardCharsets.UTF_8);
        }
    }
}
