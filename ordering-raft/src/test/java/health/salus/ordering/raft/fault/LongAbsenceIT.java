package health.salus.ordering.raft.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of three nodes order without the third, but make nothing final. They do as long as neither is restarted: a node says
 * what the time is once it has heard of as many others as a quorum takes, and three nodes have none to spare. It takes a
 * minute, so it runs with {@code -Dsalus.long=true}.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "salus.long", matches = "true")
class LongAbsenceIT {
    private static final int SNAPSHOT_EVERY = 10;
    private static final int TERMS = 2;

    @TempDir
    private Path dir;

    @Test
    void what_is_not_final_is_kept_for_a_node_that_is_away_however_long() throws Exception {
        try (Consortium three = new Consortium(dir, 3, SNAPSHOT_EVERY);
                History history = new History(Path.of("target", "faults", "long-absence"))) {
            three.awaitSettled(); // all have heard of each other
            Load load = new Load(three, history, 1, 3, 50);
            three.node("n2").kill();
            load.start(0, 1, System.nanoTime());
            for (int i = 0; i < TERMS; i++) { // the Raft log is cut where a term ends
                three.awaitBlocks("n0", 2 * SNAPSHOT_EVERY);
                three.endTerm();
            }
            three.awaitBlocks("n0", 2 * SNAPSHOT_EVERY);

            three.node("n2").start();

            three.node("n2").awaitAnswer();
            load.finish();
            three.awaitSettled();
            new Audit(three, Files.createDirectory(dir.resolve("audit"))).check(List.of(history));
        }
    }
}
