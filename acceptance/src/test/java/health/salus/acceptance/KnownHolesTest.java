package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHolesTest {
    private static final Sbom.Component SOUND = library("sound", "1.0");
    private static final Sbom.Component HOLED = library("holed", "2.0");
    private static final LocalDate TODAY = LocalDate.of(2026, 5, 1);

    @TempDir
    Path directory;

    private HttpServer database;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String asked = "";

    @BeforeEach
    void open() throws IOException {
        database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        database.createContext("/v1/querybatch", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        database.start();
    }

    @AfterEach
    void close() {
        database.stop(0);
    }

    @Test
    void a_hole_is_told_with_its_library() throws Exception {
        answer = "{\"results\":[{},{\"vulns\":[{\"id\":\"GHSA-1\",\"modified\":\"2026-01-01T00:00:00Z\"}]}]}";

        assertThat(holes()).containsExactly(new KnownHoles.Hole("org.example:holed:2.0", "GHSA-1"));
        assertThat(asked)
                .contains("{\"version\":\"2.0\",\"package\":{\"ecosystem\":\"Maven\",\"name\":\"org.example:holed\"}}");
    }

    @Test
    void an_answer_that_is_none_passes_nothing() {
        status = 503;
        assertThatThrownBy(this::holes).isInstanceOf(IOException.class).hasMessageContaining("503");
        status = 200;
        answer = "{\"results\":[{}]}";
        assertThatThrownBy(this::holes).isInstanceOf(IOException.class).hasMessageContaining("1 answers to 2");
    }

    @Test
    void a_hole_is_accepted_until_its_day() throws IOException {
        AcceptedHoles accepted = accepted("# why\nGHSA-1 2026-05-01 only in code that a node does not call\n");
        List<KnownHoles.Hole> both = List.of(new KnownHoles.Hole("x", "GHSA-1"), new KnownHoles.Hole("x", "GHSA-2"));

        assertThat(accepted.missingOf(both, TODAY))
                .extracting(KnownHoles.Hole::id)
                .containsExactly("GHSA-2");
        assertThat(accepted.missingOf(both, TODAY.plusDays(1))).isEqualTo(both);
    }

    @Test
    void a_hole_is_not_accepted_without_a_reason() {
        assertThatThrownBy(() -> accepted("GHSA-1 2026-05-01\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_file_of_accepted_holes_can_be_read() throws IOException {
        assertThat(AcceptedHoles.read(AcceptedHoles.FILE)).isNotNull();
    }

    private List<KnownHoles.Hole> holes() throws IOException, InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + database.getAddress().getPort());
        return new KnownHoles(base).of(List.of(SOUND, HOLED));
    }

    private AcceptedHoles accepted(String lines) throws IOException {
        return AcceptedHoles.read(Files.writeString(directory.resolve("accepted.txt"), lines));
    }

    private static Sbom.Component library(String name, String version) {
        return new Sbom.Component("org.example", name, version, "pkg:maven/org.example/" + name + "@" + version, "00");
    }
}
