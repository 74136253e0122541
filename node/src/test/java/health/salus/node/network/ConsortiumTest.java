package health.salus.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ordering.raft.RaftStatus;
import health.salus.ordering.raft.RaftStatus.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsortiumTest {
    @Test
    void who_has_all_that_a_known_leader_ordered_is_together_with_the_others() {
        assertThat(Consortium.isTogether(status(Role.FOLLOWER, Optional.of("hospital"), 7)))
                .isTrue();
        assertThat(Consortium.isTogether(status(Role.FOLLOWER, Optional.of("hospital"), 6)))
                .isFalse();
        assertThat(Consortium.isTogether(status(Role.CANDIDATE, Optional.empty(), 7)))
                .isFalse();
    }

    @Test
    void who_takes_no_part_any_more_is_not_whatever_it_has() {
        assertThat(Consortium.isTogether(status(Role.STOPPED, Optional.of("hospital"), 7)))
                .isFalse();
    }

    private static RaftStatus status(Role role, Optional<String> leader, long applied) {
        return new RaftStatus(role, leader, 3, 7, applied, 0, List.of(), Optional.empty());
    }
}
