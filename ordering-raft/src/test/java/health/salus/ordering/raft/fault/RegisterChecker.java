package health.salus.ordering.raft.fault;

import health.salus.ordering.raft.fault.Operation.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history is one of linearisable registers (Herlihy, Wing 1990): whether for each register there is an order of
 * its operations that gives every answer, in which no operation comes before one that was answered before it was invoked.
 * By the algorithm of Wing and Gong with Lowe's memory of what was tried, each register by itself: linearisability is local.
 *
 * <p>A register begins with 0; an accepted {@code add} adds and answers the sum, so that one of 0 is a read. What was
 * rejected or refused has no effect; what nobody knows may have one at any time from its invocation on, or none. Reads of
 * the newest final state are not part of it: they may be old, and {@link Audit} holds them to the state at the height that
 * they name.
 */
final class RegisterChecker {
    private RegisterChecker() {}

    /** The registers whose history is not linearisable. */
    static Set<Long> notLinearisable(List<Operation> operations) {
        Map<Long, List<Operation>> byRegister = operations.stream()
                .filter(RegisterChecker::mayHaveEffect)
                .collect(Collectors.groupingBy(Operation::register));
        Set<Long> wrong = new TreeSet<>();
        byRegister.forEach((register, some) -> {
            if (!new Search(some).succeeds()) {
                wrong.add(register);
            }
        });
        return wrong;
    }

    private static boolean mayHaveEffect(Operation operation) {
        return switch (operation.answer()) {
            case Answer.Committed committed -> committed.value().isPresent();
            case Answer.Refused _ -> false;
            case Answer.Open _ -> operation.amount() != Operation.UNLUCKY;
        };
    }

    /** An invocation or an answer in a list by time; an invocation knows its answer, if it has one. */
    private static final class Mark {
        private final int operation;
        private final long nanos;
        private final @Nullable Mark answer;
        private final boolean isAnswer;
        private @Nullable Mark before;
        private @Nullable Mark after;

        Mark(int operation, long nanos, boolean isAnswer, @Nullable Mark answer) {
            this.operation = operation;
            this.nanos = nanos;
            this.isAnswer = isAnswer;
            this.answer = answer;
        }

        void unlink() {
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
        }

        void link() {
            if (before != null) {
                before.after = this;
            }
            if (after != null) {
                after.before = this;
            }
        }
    }

    private static final class Search {
        private final List<Operation> operations;
        private final Mark head = new Mark(-1, Long.MIN_VALUE, false, null);
        private final BitSet placed = new BitSet();
        private final Set<BitSet> tried = new HashSet<>();
        private final Deque<Mark> order = new ArrayDeque<>();
        private int unplaced; // of those that were answered
        private long sum;

        Search(List<Operation> operations) {
            this.operations = operations;
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < operations.size(); i++) {
                Operation operation = operations.get(i);
                Mark answer = null;
                if (operation.answer() instanceof Answer.Committed) {
                    answer = new Mark(i, operation.answered(), true, null);
                    marks.add(answer);
                    unplaced++;
                }
                marks.add(new Mark(i, operation.invoked(), false, answer));
            }
            // what happens at the same time overlaps: invocations first
            marks.sort(Comparator.comparingLong((Mark mark) -> mark.nanos).thenComparing(mark -> mark.isAnswer));
            Mark last = head;
            for (Mark mark : marks) {
                last.after = mark;
                mark.before = last;
                last = mark;
            }
        }

        boolean succeeds() {
            Mark at = head.after;
            while (unplaced > 0) {
                if (at == null || at.isAnswer) { // whoever was answered here must have its place by now
                    if (order.isEmpty()) {
                        return false;
                    }
                    at = takeBack().after;
                } else if (fits(at) && isNew(at)) {
                    place(at);
                    at = head.after;
                } else {
                    at = at.after;
                }
            }
            return true;
        }

        private boolean fits(Mark mark) {
            Operation operation = operations.get(mark.operation);
            return !(operation.answer() instanceof Answer.Committed committed)
                    || committed.value().orElseThrow() == sum + operation.amount();
        }

        /** The same operations give the same sum in any order. */
        private boolean isNew(Mark mark) {
            BitSet with = (BitSet) placed.clone();
            with.set(mark.operation);
            return tried.add(with);
        }

        private void place(Mark mark) {
            placed.set(mark.operation);
            sum += operations.get(mark.operation).amount();
            order.push(mark);
            mark.unlink();
            if (mark.answer != null) {
                mark.answer.unlink();
                unplaced--;
            }
        }

        private Mark takeBack() {
            Mark mark = order.pop();
            if (mark.answer != null) {
                mark.answer.link();
                unplaced++;
            }
            mark.link();
            sum -= operations.get(mark.operation).amount();
            placed.clear(mark.operation);
            return mark;
        }
    }
}
