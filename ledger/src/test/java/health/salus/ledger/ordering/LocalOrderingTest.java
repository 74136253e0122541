package health.salus.ledger.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.transaction.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalOrderingTest extends OrderingConformance {
    @Override
    protected Ordering create() {
        return new LocalOrdering();
    }

    @Test
    void a_batch_that_could_not_be_delivered_leaves_its_height_to_the_next() {
        List<Long> heights = new ArrayList<>();
        try (LocalOrdering ordering = new LocalOrdering()) {
            ordering.start(3, (height, batch) -> {
                heights.add(height);
                if (heights.size() == 1) {
                    throw new IllegalStateException("disk full");
                }
            });
            Proposal proposal =
                    new Proposal(Instant.EPOCH, List.of(new Candidate.Unreadable(new byte[1], Refusal.MALFORMED)));

            assertThatThrownBy(() -> ordering.propose(proposal)).hasMessage("disk full");
            ordering.propose(proposal);
            assertThat(heights).containsExactly(3L, 3L);
        }
    }
}
