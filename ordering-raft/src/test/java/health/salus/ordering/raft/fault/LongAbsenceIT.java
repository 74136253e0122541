package health.salus.ordering.raft.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two of three nodes order without the third, but make nothing final. */
@EnabledIfSystemProperty(
        named = "salus.faults",
        matches = "true",
        disabledReason = "takes minutes; -Dsalus.faults=true runs it")
@EnabledOnOs(OS.LINUX)
class LongAbsenceIT {
    private static final int SNAPSHOT_EVERY = 20;

    @TempDir
    private Path dir;

    @Test
    void what_is_not_final_is_kept_for_a_node_that_is_away_however_long() throws Exception {
        try (Consortium three = new Consortium(dir, 3, SNAPSHOT_EVERY);
                History history = new History(Path.of("target", "faults", "long-absence"))) {
            Load load = new Load(three, history, 1, 6, 50);
            three.node("n2").kill();
            load.start(0, 2, System.nanoTime());
            for (int i = 0; i < 3; i++) { // the Raft log is cut where a term ends
                String leader = three.awaitLeader();
                long enough = three.height(leader) + 3 * SNAPSHOT_EVERY;
                three.await(() -> three.height(leader) >= enough, "blocks");
                three.node(leader).restart(Duration.ZERO);
                three.node(leader).awaitAnswer();
            }

            three.node("n2").start(Duration.ZERO);

            load.finish();
            three.awaitSettled();
            new Audit(three, Files.createDirectory(dir.resolve("audit"))).check(List.of(history));
        }
    }
}
