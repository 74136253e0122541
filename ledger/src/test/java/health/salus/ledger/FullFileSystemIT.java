package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import health.salus.ledger.state.StateStorageException;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A small file system of its own that fills up under the ledger; skipped where mounting is not allowed. */
@EnabledOnOs(OS.LINUX)
class FullFileSystemIT {
    private static final int BATCH = 100;
    private static final long LEFT_BYTES = 512 * 1024;

    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();
    private Path small;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(dir.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=32m", "salus-test", small.toString()))
                .as("exit code of mount")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", small.toString());
    }

    @Test
    void it_refuses_in_type_and_goes_on_when_there_is_room_again() throws IOException {
        Ledger ledger = network.create(small.resolve("ledger"));
        Path ballast = fillUp();

        int acknowledged = submitUntilRefused(ledger);
        assertHolds(ledger, acknowledged);
        Files.delete(ballast);
        network.load(ledger, 10);
        ledger.close();

        assertReopensWith(acknowledged);
    }

    @Test
    void what_was_acknowledged_survives_an_end_that_can_store_nothing_more() throws IOException {
        Ledger ledger = network.create(small.resolve("ledger"));
        Path ballast = fillUp();

        int acknowledged = submitUntilRefused(ledger);
        assertThatThrownBy(ledger::close).isInstanceOf(StateStorageException.class); // RocksDB has no room either
        Files.delete(ballast);

        assertReopensWith(acknowledged);
    }

    /** Leaves little room, and answers the file that takes the rest. */
    private Path fillUp() throws IOException {
        Path ballast = small.resolve("ballast");
        long room = Files.getFileStore(small).getUsableSpace();
        Files.write(ballast, new byte[(int) (room - LEFT_BYTES)]);
        return ballast;
    }

    /** Submits until the disk is full, and answers how many were acknowledged; they are the first so many handles. */
    private int submitUntilRefused(Ledger ledger) {
        for (int first = 0; first < 100 * BATCH; first += BATCH) {
            List<CompletableFuture<Submission>> answers = new ArrayList<>();
            for (int i = first; i < first + BATCH; i++) {
                answers.add(ledger.submit(network.add(i, 1).jws()));
            }
            List<Submission> refused = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> !(answer instanceof Submission.Committed))
                    .toList();
            if (!refused.isEmpty()) {
                assertThat(refused).containsOnly(Submission.Refused.of(Refusal.STORAGE));
                assertThat(ledger.failure()).isEmpty();
                return first;
            }
        }
        throw new AssertionError("the file system never filled up");
    }

    private void assertReopensWith(int acknowledged) {
        try (Ledger ledger = network.open(small.resolve("ledger"))) {
            assertHolds(ledger, acknowledged);
            network.load(ledger, 10);
        }
        assertThat(network.verify(small.resolve("ledger"), dir.resolve("scratch")))
                .isInstanceOf(Verification.Clean.class);
    }

    private static void assertHolds(Ledger ledger, int acknowledged) {
        assertThat(acknowledged).isPositive();
        assertThat(IntStream.range(0, acknowledged))
                .allSatisfy(
                        i -> assertThat(TestNetwork.number(ledger.state(), i)).isPositive());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) { // no such program
            return -1;
        }
    }
}
