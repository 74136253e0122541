package health.salus.tlog;

import static health.salus.tlog.LogFixture.TREE;
import static health.salus.tlog.LogFixture.assertHolds;
import static health.salus.tlog.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops at every numbered step of the write path: of opening, appending, beginning journals, publishing and closing. */
class CrashIT {
    enum Loss {
        PROCESS_KILLED,
        POWER_LOST
    }

    private static final List<Integer> BATCHES = List.of(1, 250, 2, 300, 1, 210);
    private static final TileLog.Options SMALL = new TileLog.Options(3_000, 4);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void a_crash_at_any_step_loses_nothing_acknowledged_and_doubles_nothing(Loss loss) throws IOException {
        int steps = stepsWithoutCrash();
        assertThat(steps).isGreaterThan(60);
        for (int fatal = 1; fatal <= steps; fatal++) {
            Path directory = Files.createDirectory(temporary.resolve("crash-" + fatal));
            int acknowledged = runUntilCrash(directory, fatal, loss);
            assertReadsAsItLies(directory, acknowledged);

            TestDisk disk = new TestDisk(directory, TestDisk.NONE);
            int found = recoverAndFinish(directory, disk, acknowledged);
            assertThat(LogFixture.read(directory).head()).isEqualTo(TREE.head(found));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_crash_at_any_step_of_recovering_from_a_crash_does_no_harm(Loss loss) throws IOException {
        int steps = stepsWithoutCrash();
        for (int first = 7; first <= steps; first += 17) {
            for (int second = 1; second <= 40; second += 5) {
                Path directory = Files.createDirectory(temporary.resolve("crash-" + first + "-" + second));
                int acknowledged = runUntilCrash(directory, first, loss);
                TestDisk recovering = new TestDisk(directory, TestDisk.crashAt(second));
                try {
                    LogFixture.open(directory, SMALL, recovering).close();
                } catch (TestDisk.Crash e) {
                    lose(loss, recovering);
                }

                recoverAndFinish(directory, new TestDisk(directory, TestDisk.NONE), acknowledged);
            }
        }
    }

    private int stepsWithoutCrash() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("whole"));
        TestDisk disk = new TestDisk(directory, TestDisk.NONE);
        run(directory, disk, new int[1]);
        return disk.steps();
    }

    /** Returns how many entries were acknowledged. */
    private static int runUntilCrash(Path directory, int fatal, Loss loss) throws IOException {
        TestDisk disk = new TestDisk(directory, TestDisk.crashAt(fatal));
        int[] acknowledged = new int[1];
        try {
            run(directory, disk, acknowledged);
        } catch (TestDisk.Crash e) {
            lose(loss, disk);
        }
        return acknowledged[0];
    }

    private static void lose(Loss loss, TestDisk disk) throws IOException {
        if (loss == Loss.POWER_LOST) {
            disk.losePower();
        }
    }

    private static void run(Path directory, TestDisk disk, int[] acknowledged) {
        TileLog log = LogFixture.open(directory, SMALL, disk);
        for (int batch : BATCHES) {
            log.append(entries(acknowledged[0], acknowledged[0] + batch));
            acknowledged[0] += batch;
        }
        log.close();
    }

    /** What the crash left is read without the signing key and without a change. */
    private static void assertReadsAsItLies(Path directory, int acknowledged) throws IOException {
        Map<Path, String> before = LogFixture.files(directory);
        try (StoppedLog log = LogFixture.stopped(directory)) {
            int found = (int) log.head().size();
            assertThat(found).isIn(acknowledged, acknowledged + batchAfter(acknowledged));
            assertHolds(log, found);
        }
        assertThat(LogFixture.files(directory)).isEqualTo(before);
    }

    /** Returns the size after going on as if the crash had not been. */
    private static int recoverAndFinish(Path directory, TestDisk disk, int acknowledged) {
        try (TileLog log = LogFixture.open(directory, SMALL, disk)) {
            int found = (int) log.head().size();
            assertThat(found).isIn(acknowledged, acknowledged + batchAfter(acknowledged));
            assertHolds(log, found);
            log.append(entries(found, found + 300));
            assertHolds(log, found + 300);
        }
        int end = (int) LogFixture.read(directory).head().size();
        assertHolds(LogFixture.read(directory), end);
        return end;
    }

    private static int batchAfter(int size) {
        int at = IntStream.rangeClosed(0, BATCHES.size())
                .filter(count -> BATCHES.subList(0, count).stream()
                                .mapToInt(batch -> batch)
                                .sum()
                        == size)
                .findFirst()
                .orElseThrow();
        return at == BATCHES.size() ? 0 : BATCHES.get(at);
    }
}
