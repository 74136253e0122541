package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.testing.ForkedJvm;
import health.salus.ledger.testing.FullDiskNode;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.verify.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DiskFullIT {
    private static final int MAX_FILE_BYTES = 100_000;

    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void a_full_disk_is_a_typed_refusal_and_what_was_acknowledged_stays_readable() throws Exception {
        Path keys = dir.resolve("keys");
        Path data = dir.resolve("ledger");
        network.save(keys);
        List<String> said = run(keys, data);
        assertThat(said.get(0)).startsWith("Refused Refused[reason=STORAGE, retryAfter=Optional[PT1S]]");
        assertThat(said.get(1)).isEqualTo("readable true absent true");
        int acknowledged = Integer.parseInt(said.get(2));

        try (Ledger ledger = network.open(data)) { // the limit is gone
            assertThat(ledger.height()).isEqualTo(acknowledged);
            network.load(ledger, 10);
        }
        assertThat(network.verify(data, dir.resolve("scratch"))).isInstanceOf(Verification.Clean.class);
    }

    private List<String> run(Path keys, Path data) throws Exception {
        Process node = ForkedJvm.start(List.of(), FullDiskNode.class, keys.toString(), data.toString());
        try (BufferedReader said = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            limitFileSize(node.pid());
            node.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
            return said.lines().toList();
        } finally {
            node.destroyForcibly();
        }
    }

    /** From now on, writing beyond the limit fails as it does on a full disk. */
    private static void limitFileSize(long pid) throws IOException, InterruptedException {
        Process limiting =
                new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + MAX_FILE_BYTES).start();
        assertThat(limiting.waitFor()).isZero();
    }
}
