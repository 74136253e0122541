package health.salus.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.testing.TestNetwork;
import health.salus.tlog.LogReader;
import health.salus.tlog.TileSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerVerifierIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void a_ledger_its_snapshot_and_its_export_verify() {
        Path ledger = dir.resolve("ledger");
        Path snapshot = dir.resolve("snapshot");
        Path restored = dir.resolve("restored");
        Path export = dir.resolve("export");
        try (Ledger running = network.create(ledger)) {
            network.load(running, 700);
            running.snapshot(snapshot);
            running.export(export);
            network.load(running, 20);
        }
        Ledger.restore(snapshot, restored);

        assertClean(verify(ledger.resolve("log"), ledger.resolve("state"), 1), 720);
        assertClean(verify(snapshot.resolve("log"), snapshot.resolve("state"), 2), 700);
        assertClean(verify(export, dir.resolve("none"), 3), 700);
        try (Ledger running = network.open(restored)) {
            network.load(running, 20);
        }
        assertClean(verify(restored.resolve("log"), restored.resolve("state"), 4), 720);
    }

    @Test
    void a_state_of_another_ledger_is_named() {
        Path ledger = dir.resolve("ledger");
        Path other = dir.resolve("other");
        try (Ledger one = network.create(ledger);
                Ledger two = network.create(other)) {
            network.load(one, 30);
            network.load(two, 30);
        }

        assertThat(verify(ledger.resolve("log"), other.resolve("state"), 1))
                .isInstanceOfSatisfying(
                        Verification.Damaged.class,
                        damaged -> assertThat(damaged.findings())
                                .extracting(Verification.Finding::part)
                                .containsOnly("state"));
    }

    private Verification verify(Path log, Path state, int run) {
        LogReader reader =
                LogReader.open(TileSource.directory(log), network.genesis.origin(), network.signer.verifier());
        Path scratch = dir.resolve("scratch" + run);
        return new LedgerVerifier(reader, TestNetwork.RULES, scratch, 2, Progress.NONE).verify(state);
    }

    private static void assertClean(Verification found, long transactions) {
        assertThat(found)
                .isInstanceOfSatisfying(
                        Verification.Clean.class,
                        clean -> assertThat(clean.transactions()).isEqualTo(transactions));
    }
}
