package health.salus.ordering.raft.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import health.salus.ledger.finality.BlockTime;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.ordering.raft.fault.Operation.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Named faults under load; four nodes go through all of them. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsortiumIT {
    private static final int SNAPSHOT_EVERY = 10;
    private static final int THINK_MILLIS = 100;

    @TempDir
    private static Path dir;

    private final List<History> histories = new ArrayList<>();
    private Consortium four;
    private Load load;

    @BeforeAll
    void start() throws Exception {
        four = new Consortium(Files.createDirectory(dir.resolve("c")), 4, SNAPSHOT_EVERY);
    }

    @AfterAll
    void end() {
        four.incidents().forEach(System.out::println);
        four.close();
    }

    @BeforeEach
    void begin(TestInfo test) throws Exception {
        int number = histories.size();
        History history = new History(
                Path.of("target", "faults", test.getTestMethod().orElseThrow().getName()));
        histories.add(history);
        load = new Load(four, history, 100L * number, 2, THINK_MILLIS);
        load.start(100 * number, 1, System.nanoTime());
    }

    @AfterEach
    void nothing_acknowledged_is_lost_or_different_anywhere() throws Exception {
        four.heal();
        load.finish();
        four.awaitSettled();
        new Audit(four, Files.createDirectories(dir.resolve("audit"))).check(histories);
        histories.getLast().export();
        histories.getLast().close();
    }

    private Transaction transaction() {
        TransactionBody body = four.network.body("add", 1_000_000, 1);
        Instant expires = TestNetwork.expiry(Load.LIFE);
        return four.network.sign(
                TransactionBody.of(body.network(), body.contract(), body.action(), body.arguments(), expires));
    }

    private void kill(List<String> names) {
        names.forEach(name -> four.node(name).kill());
    }

    private void start(List<String> names) {
        names.forEach(name -> four.node(name).start());
        names.forEach(name -> four.node(name).awaitAnswer());
    }

    @Test
    void another_node_leads_when_the_leader_is_killed() {
        String leader = four.awaitLeader();
        four.awaitBlocks(leader, 1);

        four.node(leader).kill();

        assertThat(Load.submit(four, transaction(), true, four.others(leader).getFirst())
                        .isFinal())
                .isTrue();
        assertThat(four.awaitLeader()).isNotEqualTo(leader);
    }

    @Test
    void without_a_majority_nothing_is_committed_and_it_goes_on_when_there_is_one() {
        Transaction transaction = transaction();
        List<String> names = four.names();
        List<String> gone = names.subList(names.size() / 2, names.size());
        kill(gone);

        assertThat(Load.submitOnce(four, transaction, false, names.getFirst())).isEmpty();

        start(gone);
        assertThat(Load.submit(four, transaction, true, names.getFirst()).isFinal())
                .isTrue();
    }

    @Test
    void a_restart_of_all_loses_nothing() {
        Transaction transaction = transaction();
        Answer.Committed before = Load.submit(four, transaction, true, "n0");
        four.terminate(four.names());

        start(four.names());

        assertThat(Load.submit(four, transaction, false, "n1").index()).isEqualTo(before.index());
        assertThat(Load.submit(four, transaction(), true, "n1").index()).isGreaterThan(before.index());
    }

    @Test
    void a_node_takes_from_others_what_the_raft_log_no_longer_has() throws Exception {
        String absent = four.others(four.awaitLeader()).getLast();
        four.node(absent).kill();
        long missed =
                Load.submit(four, transaction(), false, four.awaitLeader()).height();
        long index = four.lastCommitted(four.awaitLeader());
        four.endTerm(); // the Raft log is cut where a term ends
        four.await(
                () -> four.others(absent).stream().allMatch(name -> four.firstInRaftLog(name) > index),
                "the others to forget what " + absent + " has missed");
        four.node(absent).forgetOutput();

        four.node(absent).start();

        four.await(() -> four.height(absent) > missed, absent + " to catch up");
        assertThat(four.node(absent).hasSaid("fetching blocks that the raft log no longer has"))
                .isTrue();
    }

    @Test
    void a_node_joins_by_a_transaction() throws Exception {
        String joined = four.join().site.name();

        Answer.Committed change = Load.submit(four, four.network.witnesses(four.witnesses(four.names())), true, "n0");

        assertThat(change.rejection()).isEmpty();
        assertThat(Load.submit(four, transaction(), true, joined).height()).isGreaterThan(change.height());
        four.await(
                () -> four.node(joined)
                        .status()
                        .filter(status -> Consortium.text(status, "role").matches("LEADER|FOLLOWER"))
                        .isPresent(),
                joined + " to take part in the ordering");
    }

    @Test
    void others_go_on_when_the_disk_of_the_leader_is_full_and_it_does_when_there_is_room_after_a_restart_at_most() {
        assumeThat(four.disk()).as("a small file system").isPresent();
        SmallDisk disk = four.disk().orElseThrow();
        String full = four.nodeWithSmallDisk();
        while (!four.awaitLeader().equals(full)) {
            four.endTerm();
        }

        disk.fill();
        long before = Load.submit(four, transaction(), true, four.others(full).getFirst())
                .height();
        four.awaitBlocks(four.others(full).getFirst(), SNAPSHOT_EVERY);

        disk.free();
        four.restartFailed(); // where the Raft log could not be written

        assertThat(Load.submit(four, transaction(), true, full).height()).isGreaterThan(before);
    }

    @Test
    void clocks_that_are_an_hour_off_do_not_move_the_time_of_the_network_by_more_than_is_tolerated() {
        four.node("n1").setClock(Duration.ofHours(1));
        four.node("n2").setClock(Duration.ofHours(-1));

        Load.submit(four, transaction(), true, "n1");
        Load.submit(four, transaction(), true, "n2");

        long time = four.time("n0");
        Instant latest = Instant.now().plus(BlockTime.TOLERANCE);
        assertThat(Instant.ofEpochMilli(time)).isBeforeOrEqualTo(latest);
    }
}
