package health.salus.ledger.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.transaction.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Ordering} promises; extended once for each. */
public abstract class OrderingConformance {
    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    private record Delivered(long height, Instant time, List<String> texts) {}

    private final BlockingQueue<Delivered> delivered = new LinkedBlockingQueue<>();
    private Ordering ordering = new LocalOrdering();

    /** A fresh ordering that is not started. */
    protected abstract Ordering create();

    @BeforeEach
    void begin() {
        ordering = create();
    }

    @AfterEach
    void close() {
        ordering.close();
    }

    @Test
    void batches_arrive_once_in_the_order_proposed_from_the_height_asked_for() throws InterruptedException {
        ordering.start(7, this::keep);
        for (int i = 0; i < 50; i++) {
            ordering.propose(proposal("a" + i, "b" + i));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(next()).isEqualTo(new Delivered(7 + i, TIME, List.of("a" + i, "b" + i)));
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void batches_of_many_threads_come_one_at_a_time_without_gaps() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        ordering.start(1, (height, batch) -> {
            if (inside.incrementAndGet() != 1) {
                overlapped.set(true);
            }
            keep(height, batch);
            inside.decrementAndGet();
        });
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int name = t;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 25; i++) {
                    ordering.propose(proposal(name + "-" + i));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> texts = new ArrayList<>();
        for (int height = 1; height <= 100; height++) {
            Delivered batch = next();
            assertThat(batch.height()).isEqualTo(height);
            texts.addAll(batch.texts());
        }
        assertThat(texts).doesNotHaveDuplicates().hasSize(100);
        assertThat(overlapped).isFalse();
    }

    @Test
    void nothing_can_be_proposed_before_the_start_or_after_the_end() {
        assertThatThrownBy(() -> ordering.propose(proposal("a"))).isInstanceOf(IllegalStateException.class);
        ordering.start(1, this::keep);
        assertThatThrownBy(() -> ordering.start(1, this::keep)).isInstanceOf(IllegalStateException.class);
        ordering.close();
        assertThatThrownBy(() -> ordering.propose(proposal("a"))).isInstanceOf(IllegalStateException.class);
        assertThat(delivered).isEmpty();
    }

    private void keep(long height, Proposal batch) {
        List<String> texts = batch.candidates().stream()
                .map(candidate -> new String(candidate.jws(), StandardCharsets.US_ASCII))
                .toList();
        delivered.add(new Delivered(height, batch.time(), texts));
    }

    private Delivered next() throws InterruptedException {
        return Objects.requireNonNull(delivered.poll(30, TimeUnit.SECONDS), "a batch was not delivered");
    }

    private static Proposal proposal(String... texts) {
        List<Candidate> candidates = new ArrayList<>();
        for (String text : texts) {
            candidates.add(new Candidate.Unreadable(text.getBytes(StandardCharsets.US_ASCII), Refusal.MALFORMED));
        }
        return new Proposal(TIME, candidates);
    }
}
