package health.salus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final TestNetwork network = new TestNetwork();
    private final Gathering gathering = new Gathering(3, 1 << 20, LONG);
    private final Candidate first = candidate();
    private final Candidate second = candidate();
    private final Candidate third = candidate();

    private Candidate candidate() {
        return Candidate.of(network.add(1, 1).jws());
    }

    @Test
    void the_first_goes_at_once() throws InterruptedException {
        gathering.add(first);

        assertThat(gathering.next()).contains(List.of(first));
    }

    @Test
    void what_comes_while_a_batch_is_on_its_way_goes_together_when_that_has_arrived() throws Exception {
        gathering.departs(first);
        gathering.add(second);
        Waiting waiting = new Waiting();
        gathering.add(third);
        waiting.assertWaits();
        gathering.arrived(second); // not what was on its way
        waiting.assertWaits();
        gathering.arrived(first);

        assertThat(waiting.batch()).contains(List.of(second, third));
    }

    @Test
    void a_batch_that_nobody_knows_of_is_not_waited_for() throws Exception {
        gathering.departs(first);
        gathering.add(second);
        Waiting waiting = new Waiting();
        waiting.assertWaits();
        gathering.lost();

        assertThat(waiting.batch()).contains(List.of(second));
    }

    @Test
    void a_full_block_goes_at_once_and_no_batch_is_larger() throws InterruptedException {
        gathering.departs(candidate());
        List<Candidate> four = List.of(first, second, third, candidate());
        four.forEach(gathering::add);

        assertThat(gathering.next()).contains(four.subList(0, 3));
        gathering.lost();
        assertThat(gathering.next()).contains(four.subList(3, 4));
    }

    @Test
    void those_that_come_together_go_together() throws Exception {
        gathering.checking();
        gathering.checking();
        gathering.add(first);
        gathering.checked();
        Waiting waiting = new Waiting();
        waiting.assertWaits();
        gathering.add(second);
        gathering.checked();

        assertThat(waiting.batch()).contains(List.of(first, second));
    }

    @Test
    void one_that_is_not_added_is_not_waited_for() throws Exception {
        gathering.checking();
        gathering.add(first);
        Waiting waiting = new Waiting();
        waiting.assertWaits();
        gathering.checked();

        assertThat(waiting.batch()).contains(List.of(first));
    }

    @Test
    void one_that_is_checked_for_ever_keeps_no_other() throws InterruptedException {
        gathering.checking();
        gathering.add(first);

        assertThat(gathering.next()).contains(List.of(first));
    }

    @Test
    void bytes_fill_a_block_too() throws InterruptedException {
        Gathering small = new Gathering(1_000, 2 * Transaction.MAX_BYTES, LONG);
        small.departs(first);
        int bytes = 0;
        List<Candidate> all = new ArrayList<>();
        while (bytes <= Transaction.MAX_BYTES) {
            Candidate next = candidate();
            all.add(next);
            small.add(next);
            bytes += next.jws().length;
        }

        assertThat(small.next()).contains(all);
    }

    @Test
    void where_nothing_arrives_nobody_waits_again()
            throws InterruptedException { // else it took longer than the test may
        Gathering impatient = new Gathering(3, 1 << 20, Duration.ofSeconds(1));
        for (int i = 0; i < 200; i++) {
            Candidate next = candidate();
            impatient.add(next);
            assertThat(impatient.next()).contains(List.of(next));
            impatient.departs(next);
        }
    }

    @Test
    void where_a_batch_took_long_the_next_one_is_waited_for_longer() throws InterruptedException {
        long patience = Duration.ofMillis(200).toNanos();
        Gathering impatient = new Gathering(3, 1 << 20, Duration.ofNanos(patience));
        impatient.departs(first);
        impatient.add(second);
        assertThat(impatient.next()).contains(List.of(second)); // in vain
        impatient.arrived(first);

        impatient.departs(second);
        impatient.add(third);
        long start = System.nanoTime();
        assertThat(impatient.next()).contains(List.of(third));
        assertThat(System.nanoTime() - start).isGreaterThan(2 * patience);
    }

    @Test
    void when_something_arrives_again_others_wait_again() throws Exception {
        gathering.departs(first);
        gathering.departs(second);
        gathering.arrived(first); // which is not the newest
        gathering.add(third);

        new Waiting().assertWaits();
    }

    @Test
    void at_the_end_the_rest_goes_at_once() throws InterruptedException {
        gathering.departs(first);
        gathering.add(second);
        gathering.complete();

        assertThat(gathering.next()).contains(List.of(second));
        assertThat(gathering.next()).isEmpty();
    }

    /** Somebody who takes the next batch. */
    private final class Waiting {
        private final FutureTask<Optional<List<Candidate>>> task = new FutureTask<>(gathering::next);
        private final Thread thread = Thread.ofPlatform().daemon().start(task);

        void assertWaits() throws InterruptedException {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(task).isNotDone();
                Thread.sleep(1);
            }
        }

        Optional<List<Candidate>> batch() throws Exception {
            return task.get();
        }
    }
}
