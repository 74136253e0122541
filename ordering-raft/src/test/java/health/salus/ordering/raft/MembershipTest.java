package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final RaftOrdering.Peer A = new RaftOrdering.Peer("a", "a:1");
    private static final RaftOrdering.Peer B = new RaftOrdering.Peer("b", "b:1");
    private static final RaftOrdering.Peer C = new RaftOrdering.Peer("c", "c:1");
    private static final RaftOrdering.Peer D = new RaftOrdering.Peer("d", "d:1");

    private static List<RaftPeer> group(RaftOrdering.Peer... peers) {
        return RaftConfig.peers(List.of(peers), 0);
    }

    private static List<RaftOrdering.Peer> next(List<RaftPeer> current, List<RaftOrdering.Peer> wanted, int attempt) {
        return RaftConfig.peers(Membership.next(current, wanted, attempt));
    }

    @Test
    void members_come_one_at_a_time_and_a_failed_one_gives_way() {
        assertThat(next(group(A), List.of(A, B, C), 0)).containsExactly(A, B);
        assertThat(next(group(A), List.of(A, B, C), 1)).containsExactly(A, C);
    }

    @Test
    void members_leave_one_at_a_time_after_all_others_have_come() {
        assertThat(next(group(A, B, C), List.of(A, D), 0)).containsExactly(A, B, C, D);
        assertThat(next(group(A, B, C, D), List.of(A, D), 0)).containsExactly(A, C, D);
        assertThat(next(group(A, C, D), List.of(A, D), 0)).containsExactly(A, D);
    }

    @Test
    void new_addresses_come_with_a_new_priority_of_all() {
        RaftOrdering.Peer moved = new RaftOrdering.Peer("b", "elsewhere:1");

        List<RaftPeer> next = Membership.next(group(A, B), List.of(A, moved), 0);

        assertThat(RaftConfig.peers(next)).containsExactly(A, moved);
        assertThat(next).extracting(RaftPeer::getPriority).containsOnly(1);
    }

    @Test
    void a_group_id_depends_on_the_network_only() {
        assertThat(Stream.of("one", "two", "one").map(RaftConfig::groupId).distinct())
                .hasSize(2);
        assertThat(RaftConfig.groupId("one").getUuid().version()).isEqualTo(8);
        assertThat(RaftConfig.groupId("one").getUuid().variant()).isEqualTo(2);
    }
}
