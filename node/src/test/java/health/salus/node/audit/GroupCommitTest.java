package health.salus.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final List<List<Integer>> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everything_is_written_once_and_by_one_at_a_time() throws Exception {
        AtomicInteger writers = new AtomicInteger();
        GroupCommit<Integer> commits = commits(1_000, batch -> {
            assertThat(writers.incrementAndGet()).isEqualTo(1);
            written.add(batch);
            writers.decrementAndGet();
        });

        List<Future<?>> all = IntStream.range(0, 5_000)
                .<Future<?>>mapToObj(i -> submit(commits, i))
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
        commits.await();

        assertThat(written.stream().flatMap(List::stream))
                .hasSize(5_000)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void what_comes_during_a_write_is_written_together_in_the_order_it_came() throws Exception {
        GroupCommit<Integer> commits = commits(1_000, this::hold);
        Future<?> first = submit(commits, 0);
        begun.await();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < 6; i++) {
            others.add(submit(commits, i));
            awaitWaiting(commits, i);
        }

        held.countDown();
        first.get();
        for (Future<?> other : others) {
            other.get();
        }

        assertThat(written).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5)); // at most four together
    }

    @Test
    void a_write_that_fails_fails_for_all_of_it_and_the_next_one_is_tried() throws Exception {
        GroupCommit<Integer> commits = commits(1_000, batch -> {
            hold(batch);
            if (batch.contains(1)) {
                throw new IOException("disk full");
            }
        });
        Future<?> first = submit(commits, 0);
        begun.await();
        Future<?> second = submit(commits, 1);
        awaitWaiting(commits, 1);
        Future<?> third = submit(commits, 2);
        awaitWaiting(commits, 2);

        held.countDown();

        first.get();
        assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(third::get).isInstanceOf(ExecutionException.class);
        commits.commit(3);
    }

    @Test
    void more_than_may_wait_are_refused() throws Exception {
        GroupCommit<Integer> commits = commits(1, this::hold);
        Future<?> first = submit(commits, 0);
        begun.await();
        Future<?> second = submit(commits, 1);
        awaitWaiting(commits, 1);

        assertThatThrownBy(() -> commits.commit(2)).isInstanceOf(IOException.class);

        held.countDown();
        first.get();
        second.get();
    }

    @Test
    void whoever_has_waited_too_long_leaves_and_nobody_else_is_held_up() throws Exception {
        GroupCommit<Integer> commits = new GroupCommit<>(4, 10, Duration.ofMillis(50), this::hold);
        Future<?> first = submit(commits, 0);
        begun.await();

        assertThatThrownBy(() -> commits.commit(1)).isInstanceOf(IOException.class);

        held.countDown();
        first.get();
        commits.commit(2);
        assertThat(written).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void an_interrupted_thread_still_learns_whether_its_thing_was_written() throws Exception {
        GroupCommit<Integer> commits = commits(10, this::hold);
        Future<?> first = submit(commits, 0);
        begun.await();
        Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            commits.commit(1);
            return Thread.currentThread().isInterrupted();
        });
        awaitWaiting(commits, 1);
        held.countDown();

        first.get();
        assertThat(interrupted.get()).isTrue();
        assertThat(written).containsExactly(List.of(0), List.of(1));
    }

    private GroupCommit<Integer> commits(int mostWaiting, GroupCommit.Write<Integer> write) {
        return new GroupCommit<>(4, mostWaiting, Duration.ofSeconds(30), write);
    }

    private Future<?> submit(GroupCommit<Integer> commits, int thing) {
        return threads.submit(() -> {
            commits.commit(thing);
            return thing;
        });
    }

    private static void awaitWaiting(GroupCommit<Integer> commits, int count) {
        while (commits.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private void hold(List<Integer> batch) throws IOException {
        begun.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        written.add(batch);
    }
}
