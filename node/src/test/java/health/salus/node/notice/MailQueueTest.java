package health.salus.node.notice;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.identity.Handle;
import health.salus.node.smart.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MailQueueTest {
    private static final Handle ANN = Handle.random();
    private static final Handle BOB = Handle.random();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final MailQueue queue = new MailQueue(TestDatabase.inMemory(), now::get);

    @Test
    void what_happens_until_a_mail_is_sent_is_in_that_mail() {
        queue.put(ANN, MailKind.HAPPENED);
        queue.put(ANN, MailKind.HAPPENED);
        queue.put(BOB, MailKind.HAPPENED);

        assertThat(next().patient()).isEqualTo(ANN);
        queue.sent(next());
        assertThat(next().patient()).isEqualTo(BOB);
        queue.sent(next());
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void the_next_mail_of_a_kind_waits_until_the_pause_is_over() {
        queue.put(ANN, MailKind.HAPPENED);
        queue.sent(next());

        queue.put(ANN, MailKind.HAPPENED);
        assertThat(queue.next()).isEmpty();
        queue.put(ANN, MailKind.EMERGENCY);
        assertThat(next().kind()).isEqualTo(MailKind.EMERGENCY);
        queue.sent(next());

        pass(MailKind.HAPPENED.pause());
        assertThat(next().kind()).isEqualTo(MailKind.HAPPENED);
    }

    @Test
    void what_fails_is_tried_again_ever_later_and_given_up_in_the_end() {
        queue.put(ANN, MailKind.HAPPENED);
        queue.failed(next());
        assertThat(queue.next()).isEmpty();
        pass(Duration.ofMinutes(1));
        queue.failed(next());
        pass(Duration.ofMinutes(1));
        assertThat(queue.next()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(next().attempts()).isEqualTo(2);

        for (int attempts = 2; attempts < 12; attempts++) {
            pass(Duration.ofHours(6));
            queue.failed(next());
        }

        pass(Duration.ofDays(365));
        assertThat(queue.next()).isEmpty();
        queue.put(ANN, MailKind.HAPPENED);
        assertThat(next().attempts()).isZero();
    }

    @Test
    void nothing_waits_for_who_wants_nothing_any_more() {
        queue.put(ANN, MailKind.HAPPENED);

        queue.drop(ANN);

        assertThat(queue.next()).isEmpty();
    }

    private MailQueue.Entry next() {
        return queue.next().orElseThrow();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
