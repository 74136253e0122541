package health.salus.cli.log;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import health.salus.cli.CliRun;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonString;
import health.salus.tlog.TileLog;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.proof.TlogProof;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandsIT {
    private static final int ENTRIES = 300;

    @TempDir
    Path dir;

    private final NoteSigner signer = NoteSigner.generate("example.org/records", new SecureRandom());
    private Path log;
    private TreeHead head;

    @BeforeEach
    void a_published_log() {
        log = dir.resolve("log");
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(entry(i));
        }
        try (TileLog writer = TileLog.open(log, signer.verifier().name(), signer)) {
            head = writer.append(entries);
        }
    }

    @Test
    void show_tells_size_and_root() {
        CliRun shown = onLog("show", "--json").succeeded();

        assertThat(shown.json().members())
                .containsEntry("origin", new JsonString("example.org/records"))
                .containsEntry("size", new JsonInteger(ENTRIES))
                .containsEntry("root", new JsonString(head.root().base64Url()));
    }

    @Test
    void the_checkpoint_is_printed_as_it_was_signed() throws Exception {
        assertThat(onLog("checkpoint").succeeded().out()).isEqualTo(Files.readString(log.resolve("checkpoint")));
    }

    @Test
    void an_entry_is_shown_with_its_leaf_hash() {
        CliRun shown = onLog("entry", "299", "--json").succeeded();

        assertThat(shown.text("kind")).isEqualTo("other");
        assertThat(shown.text("leaf")).isEqualTo(MerkleHash.leaf(entry(299)).base64Url());
    }

    @Test
    void a_proof_that_was_printed_verifies_without_the_log() {
        TlogProof proof = TlogProof.parse(onLog("proof", "123").succeeded().out());

        assertThat(proof.check(MerkleHash.leaf(entry(123)), signer.verifier()).isVerified())
                .isTrue();
        assertThat(proof.check(MerkleHash.leaf(entry(124)), signer.verifier()).isVerified())
                .isFalse();
    }

    @Test
    void an_index_beyond_the_end_is_a_usage_error_that_says_where_the_end_is() {
        CliRun shown = onLog("entry", "300");

        assertThat(shown.exitCode()).isEqualTo(2);
        assertThat(shown.err()).isEqualTo("salus: no entry 300 (expected: 0 to 299)\n");
    }

    @Test
    void a_log_can_be_read_where_any_web_server_serves_it() throws Exception {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), log, SimpleFileServer.OutputLevel.NONE);
        server.start();
        try {
            String url = "http://localhost:" + server.getAddress().getPort();

            CliRun shown = salus("log", "entry", "7", "--log", url, "--log-key", vkey(), "--json")
                    .succeeded();

            assertThat(shown.text("leaf")).isEqualTo(MerkleHash.leaf(entry(7)).base64Url());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_flipped_byte_in_a_tile_is_damage_and_named() throws Exception {
        flip(log.resolve("tile/entries/000"), 3 * 9 + 5);

        CliRun shown = onLog("entry", "3");

        assertThat(shown.exitCode()).isEqualTo(4);
        assertThat(shown.err()).hasLineCount(1).contains("tile/entries/000");
        assertThat(shown.out()).isEmpty();
    }

    @Test
    void a_checkpoint_by_another_key_is_damage() {
        String other = NoteSigner.generate("example.org/records", new SecureRandom())
                .verifier()
                .vkey();

        CliRun shown = salus("log", "show", "--log", log, "--log-key", other);

        assertThat(shown.exitCode()).isEqualTo(4);
        assertThat(shown.err()).hasLineCount(1).contains("checkpoint");
    }

    @Test
    void the_key_can_be_in_a_file() throws Exception {
        Path file = Files.writeString(dir.resolve("log.vkey"), vkey() + "\n");

        salus("log", "show", "--log", log, "--log-key", file).succeeded();
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() {
        CliRun shown = salus("log", "show", "--log", "http://localhost:9", "--log-key", vkey());

        assertThat(shown.exitCode()).isEqualTo(3);
        assertThat(shown.err()).hasLineCount(1).contains("no node answers at http://localhost:9");
    }

    private CliRun onLog(String... command) {
        List<Object> arguments = new ArrayList<>(List.of("log"));
        arguments.addAll(List.of(command));
        arguments.addAll(List.of("--log", log, "--log-key", vkey()));
        return salus(arguments.toArray());
    }

    private String vkey() {
        return signer.verifier().vkey();
    }

    private static byte[] entry(int i) {
        return ("entry " + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void flip(Path file, int at) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
