package health.salus.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.Entry;
import health.salus.ledger.testing.ForkedJvm;
import health.salus.ledger.testing.LoadedNode;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.Verification;
import health.salus.tlog.StoppedLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {
    private static final int KILLS = 6;

    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();

    @Test
    void nothing_acknowledged_is_lost_or_doubled_when_the_process_is_killed_under_load() throws Exception {
        Path keys = dir.resolve("keys");
        Path data = dir.resolve("ledger");
        network.save(keys);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(runAndKill(keys, data, 1_000_000L * kill, random.nextInt(400)));
            assertVerifiesAsItLies(data, acknowledged, "seed %d, kill %d".formatted(seed, kill));
        }

        try (Ledger ledger = network.open(data)) {
            assertThat(acknowledged).as("seed %d", seed).isNotEmpty().allSatisfy(line -> {
                String[] fields = line.split(" ", 3);
                Submission.Committed found =
                        ledger.transaction(Sha256.ofHex(fields[0])).orElseThrow();
                assertThat(found.height() + " " + found.index()).isEqualTo(fields[1] + " " + fields[2]);
            });
            for (int kill = 0; kill < KILLS; kill++) {
                for (int i = 0; i < 50; i++) { // each handle was added to once: 1, or nothing
                    assertThat(TestNetwork.number(ledger.state(), 1_000_000L * kill + i))
                            .isIn(1L, -1L);
                }
            }
        }
        assertThat(network.verify(data, dir.resolve("scratch")))
                .as("seed %d", seed)
                .isInstanceOf(Verification.Clean.class);
    }

    /** Nobody has opened the ledger since the kill. */
    private void assertVerifiesAsItLies(Path data, List<String> acknowledged, String when) {
        Path scratch = dir.resolve("scratch " + when);
        assertThat(network.verify(data, scratch)).as(when).isInstanceOf(Verification.Clean.class);
        try (StoppedLog log = network.log(data)) {
            assertThat(acknowledged).as(when).allSatisfy(line -> {
                String[] fields = line.split(" ", 3);
                assertThat(Entry.decode(log.entry(Long.parseLong(fields[2]))))
                        .isInstanceOfSatisfying(
                                Entry.TransactionEntry.class,
                                entry -> assertThat(
                                                Transaction.parse(entry.jws()).id())
                                        .hasToString(fields[0]));
            });
        }
    }

    /** Lets the node acknowledge a few transactions and some random time pass; kills it. */
    private static List<String> runAndKill(Path keys, Path data, long first, int millis)
            throws IOException, InterruptedException {
        Process node =
                ForkedJvm.start(List.of(), LoadedNode.class, keys.toString(), data.toString(), Long.toString(first));
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = node.inputReader(US_ASCII)) {
            assertThat(lines.readLine()).isEqualTo("open");
            for (int i = 0; i < 20; i++) {
                acknowledged.add(lines.readLine());
            }
            Thread.sleep(millis);
            node.toHandle().destroyForcibly(); // SIGKILL; leaves the pipe open
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(line);
            }
        }
        node.waitFor();
        acknowledged.removeIf(line -> line == null || line.split(" ", 3).length != 3); // cut by the kill
        return acknowledged;
    }
}
