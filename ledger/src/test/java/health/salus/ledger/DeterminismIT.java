package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.testing.ForkedJvm;
import health.salus.ledger.testing.RootsOfLedger;
import health.salus.ledger.testing.TestNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void the_same_log_gives_the_same_state_roots_under_any_locale_time_zone_charset_and_hash_seed() throws Exception {
        Path keys = dir.resolve("keys");
        Path data = dir.resolve("ledger");
        network.save(keys);
        try (Ledger ledger = network.create(data)) {
            network.load(ledger, 300);
            for (String action : List.of("clear", "fail", "add")) {
                ledger.submit(network.sign(network.body(action, 3, 13)).jws()).join();
            }
        }
        String here = network.verify(data, dir.resolve("scratch")).toString();
        assertThat(here).startsWith("Clean");

        for (List<String> options : List.of(
                List.of(
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Pacific/Apia",
                        "-Dfile.encoding=COMPAT"),
                List.of(
                        "-Duser.language=ar",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-Dsalus.crypto=bc"))) {
            Process other = ForkedJvm.start(options, RootsOfLedger.class, keys.toString(), data.toString());
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said.lines().toList()).element(1).isEqualTo(here);
            assertThat(said).startsWith(options.getFirst().substring("-Duser.language=".length()));
        }
    }
}
