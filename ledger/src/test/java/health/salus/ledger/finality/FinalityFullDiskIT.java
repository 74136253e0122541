package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.testing.TestConsortium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What one node's witness remembers lies on a small file system of its own; skipped where mounting is not allowed. */
@EnabledOnOs(OS.LINUX)
class FinalityFullDiskIT {
    @TempDir
    private Path dir;

    private Path small;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(dir.resolve("n0-witness"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "salus-test", small.toString()))
                .as("exit code of mount")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", small.toString());
    }

    @Test
    void a_node_that_cannot_remember_what_it_cosigns_cosigns_again_when_there_is_room() throws Exception {
        Path ballast = small.resolve("ballast");
        Files.write(ballast, new byte[(int) Files.getFileStore(small).getUsableSpace()]);
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            Ledger first = four.member("n0").ledger();
            four.cut("n3"); // the others need n0

            long height = FinalityIT.committed(
                            first.submit(four.network.add(1, 1).jws()))
                    .height();
            CompletableFuture<Void> made = first.finality().whenFinal(height);
            Thread.sleep(500);
            assertThat(made).isNotDone();
            Files.delete(ballast);

            assertThat(made).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(first.failure()).isEmpty();

            Files.write(ballast, new byte[(int) Files.getFileStore(small).getUsableSpace()]);
            FinalityIT.awaitFinal( // what it remembered takes the place of what it remembered before
                    four.member("n0"),
                    FinalityIT.committed(first.submit(four.network.add(2, 1).jws()))
                            .height());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) { // no such program
            return -1;
        }
    }
}
