package health.salus.ordering.raft.fault;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ordering.raft.fault.Operation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RegisterCheckerTest {
    private static Operation add(long amount, long value, long invoked, long answered) {
        Answer answer = new Answer.Committed(0, 0, Optional.of(value), Optional.empty(), false);
        return new Operation(0, "", 1, amount, invoked, answered, answer);
    }

    private static Operation open(long amount, long invoked) {
        return new Operation(0, "", 1, amount, invoked, Long.MAX_VALUE, new Answer.Open());
    }

    private static boolean isLinearisable(Operation... operations) {
        return RegisterChecker.notLinearisable(List.of(operations)).isEmpty();
    }

    @Test
    void overlapping_operations_may_take_effect_in_either_order() {
        assertThat(isLinearisable(add(2, 2, 0, 10), add(3, 5, 1, 9))).isTrue();
        assertThat(isLinearisable(add(2, 5, 0, 10), add(3, 3, 1, 9))).isTrue();
        assertThat(isLinearisable(add(2, 5, 0, 10), add(3, 3, 1, 9), add(0, 3, 2, 8)))
                .isTrue();
    }

    @Test
    void a_stale_read_is_found() {
        assertThat(isLinearisable(add(2, 2, 0, 1), add(0, 0, 2, 3))).isFalse();
        assertThat(isLinearisable(add(2, 2, 0, 4), add(0, 0, 2, 3))).isTrue();
    }

    @Test
    void an_addition_that_is_lost_or_doubled_is_found() {
        assertThat(isLinearisable(add(2, 2, 0, 1), add(3, 3, 2, 3))).isFalse();
        assertThat(isLinearisable(add(2, 2, 0, 1), add(3, 7, 2, 3))).isFalse();
    }

    @Test
    void what_nobody_knows_may_have_happened_at_any_later_time_or_never_but_once() {
        assertThat(isLinearisable(open(4, 0), add(2, 2, 1, 2))).isTrue();
        assertThat(isLinearisable(open(4, 0), add(2, 2, 1, 2), add(0, 6, 3, 4))).isTrue();
        assertThat(isLinearisable(open(4, 0), add(2, 2, 1, 2), add(0, 10, 3, 4)))
                .isFalse();
        assertThat(isLinearisable(add(0, 4, 1, 2), open(4, 3))).isFalse();
    }

    @Test
    void long_histories_of_a_register_are_accepted_and_refused_with_one_answer_changed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Operation> history = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < 2_000; i++) { // each takes effect at 10 i, around which it was invoked and answered
            long amount = random.nextInt(4);
            sum += amount;
            history.add(add(amount, sum, 10L * i - random.nextInt(80), 10L * i + 1 + random.nextInt(80)));
        }
        assertThat(RegisterChecker.notLinearisable(history)).as("seed %d", seed).isEmpty();

        LongStream.range(0, 20).forEach(i -> {
            List<Operation> changed = new ArrayList<>(history);
            int at = random.nextInt(history.size());
            Operation operation = history.get(at);
            long value = ((Answer.Committed) operation.answer()).value().orElseThrow();
            changed.set(at, add(operation.amount(), value - 500, operation.invoked(), operation.answered()));
            assertThat(RegisterChecker.notLinearisable(changed))
                    .as("seed %d", seed)
                    .containsExactly(1L);
        });
    }
}
