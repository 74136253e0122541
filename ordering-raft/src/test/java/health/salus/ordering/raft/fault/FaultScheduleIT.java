package health.salus.ordering.raft.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random faults under load. {@code -Dsalus.long=true} runs many more, {@code -Dsalus.seed=…} one; what the nodes went through
 * in the schedules before is not part of the seed.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultScheduleIT {
    private static final int SCHEDULES_OF_A_CONSORTIUM = 10;
    private static final int REGISTERS = 2;
    private static final int THINK_MILLIS = 100;
    private static final int ANSWERS = 10;

    @TempDir
    private static Path dir;

    private final List<History> histories = new ArrayList<>();
    private @Nullable Consortium consortium;
    private int consortia;

    static LongStream seeds() {
        Long one = Long.getLong("salus.seed");
        return one != null
                ? LongStream.of(one)
                : new Random().longs(Boolean.getBoolean("salus.long") ? 200 : 10, 0, 1L << 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_acknowledged_is_lost_or_different_anywhere(long seed) throws Exception {
        Schedule schedule = Schedule.of(seed);
        Consortium nodes = consortium(seed);
        History history = new History(Path.of("target", "faults", "seed-" + seed));
        histories.add(history);
        try {
            Load load = new Load(nodes, history, 100L * histories.size(), REGISTERS, THINK_MILLIS);
            load.start(100 * histories.size(), 1, seed);
            load.awaitAnswers(ANSWERS);
            schedule.run(nodes);
            load.awaitAnswers(ANSWERS);
            load.finish();
            nodes.awaitSettled();
            new Audit(nodes, Files.createDirectories(dir.resolve("audit"))).check(histories);
        } catch (RuntimeException | AssertionError e) {
            String state = nodes.describe();
            end(); // the next one begins with nodes that are as they should be
            throw new AssertionError(schedule + " after " + (histories.size() - 1) + " others: " + state, e);
        } finally {
            history.export();
            history.close();
        }
    }

    /** The one that there is, or a new one with three or four nodes that forget soon or late. */
    private Consortium consortium(long seed) throws IOException, GeneralSecurityException {
        if (histories.size() >= SCHEDULES_OF_A_CONSORTIUM) {
            end();
        }
        if (consortium == null) {
            histories.clear();
            Random random = new Random(seed);
            int size = random.nextInt(4) == 0 ? 3 : 4;
            Consortium made = new Consortium(
                    Files.createDirectory(dir.resolve("c" + consortia++)), size, random.nextBoolean() ? 20 : 500);
            consortium = made;
            if (consortia == 1 && !Fault.impossible(made).isEmpty()) {
                System.out.println("faults left out, as they need root, iproute2 and tmpfs: " + Fault.impossible(made));
            }
        }
        return Objects.requireNonNull(consortium);
    }

    @AfterAll
    void end() {
        Consortium running = consortium;
        consortium = null;
        if (running != null) {
            running.incidents().forEach(System.out::println);
            running.close();
        }
    }
}
