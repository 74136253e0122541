package health.salus.ordering.raft;

import static health.salus.ordering.raft.TestNetwork.await;
import static health.salus.ordering.raft.TestNetwork.awaitHeight;
import static health.salus.ordering.raft.TestNetwork.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.ordering.OrderingUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on one machine, with mutual TLS. */
class RaftNetworkIT {
    @TempDir
    Path dir;

    private TestNetwork network;

    @BeforeEach
    void begin() {
        network = TestNetwork.of(dir, 3);
    }

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void all_nodes_deliver_the_same_sequence_when_all_propose_at_once() throws InterruptedException {
        network.started();
        List<Thread> threads = new ArrayList<>();
        for (TestNode node : network.nodes()) {
            threads.add(Thread.ofVirtual().start(() -> texts(node.peer.id(), 30).forEach(node::insist)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        network.awaitHeight(90);

        List<String> ledger = network.node(0).ledger();
        assertThat(ledger).doesNotHaveDuplicates().hasSize(90);
        assertThat(network.nodes()).allSatisfy(node -> assertThat(node.ledger()).isEqualTo(ledger));
        assertThat(network.nodes()).allSatisfy(node -> assertThat(node.lost).isEmpty());
    }

    @Test
    void others_go_on_without_the_leader_and_it_catches_up_when_it_is_back() {
        network.started();
        TestNode leader = network.leader();
        leader.insist("before");
        network.awaitHeight(1);

        leader.close();
        List<TestNode> others = network.without(leader);
        others.getFirst().insist("without");
        awaitHeight(2, others);
        leader.start(network.peers());

        network.awaitHeight(2);
        assertThat(leader.ledger()).containsExactly("before", "without");
    }

    @Test
    void another_node_leads_when_the_leader_cannot_write_its_log() {
        network.started();
        TestNode leader = network.leader();
        leader.ensure("before");

        leader.ordering()
                .started()
                .machine()
                .notifyLogFailed(new IOException("No space left on device"), LogEntryProto.getDefaultInstance());

        network.without(leader).forEach(node -> node.ensure("after on " + node.peer.id()));
        assertThat(network.leader()).isNotSameAs(leader);
        assertThat(leader.status().failure()).contains("the raft log could not be written");
    }

    @Test
    void without_a_majority_nothing_is_promised_and_with_one_everything_goes_on() {
        network.nodes().forEach(node -> node.proposalTimeout = Duration.ofSeconds(3));
        network.started();
        TestNode leader = network.leader();
        leader.insist("before");
        network.awaitHeight(1);

        List<TestNode> others = network.without(leader);
        others.forEach(TestNode::close);
        AtomicInteger accepted = new AtomicInteger(); // none, if the leader noticed at once
        await("no place", () -> {
            try {
                leader.propose("during");
                accepted.incrementAndGet();
                return false;
            } catch (OrderingUnavailableException e) {
                return true;
            }
        });
        await("what is under way is lost", () -> leader.lost.size() >= accepted.get());
        assertThat(leader.status().inFlight()).isZero();
        assertThat(leader.lost).hasSize(accepted.get()).allMatch("during"::equals);
        assertThat(leader.height()).isEqualTo(1);
        others.forEach(node -> node.start(network.peers()));
        leader.ensure("after");

        await(
                "all have it",
                () -> network.nodes().stream().allMatch(node -> node.ledger().contains("after")));
        long height = leader.height();
        network.awaitHeight(height);
        assertThat(network.nodes()).allSatisfy(node -> assertThat(node.ledger()).isEqualTo(leader.ledger()));
    }

    @Test
    void all_nodes_restart_where_they_were() {
        network.started();
        texts("a", 5).forEach(network.node(1)::insist);
        network.awaitHeight(5);
        network.close();

        network.started();
        network.node(2).insist("b");

        network.awaitHeight(6);
        assertThat(network.nodes())
                .allSatisfy(node -> assertThat(node.ledger()).containsExactly("a0", "a1", "a2", "a3", "a4", "b"));
    }

    @Test
    void a_proposal_comes_back_as_the_same_object_to_its_node() {
        network.started();
        var proposal = TestNode.proposal("mine");
        network.leader();
        for (TestNode node : network.nodes()) {
            await("proposed", () -> node.status().leader().isPresent());
        }

        network.node(1).ordering().propose(proposal);

        network.awaitHeight(1);
        assertThat(network.node(1).delivered.getFirst()).isSameAs(proposal);
        assertThat(network.node(0).delivered.getFirst()).isNotSameAs(proposal);
    }

    @Test
    void a_closed_ordering_takes_nothing() {
        network.started();
        network.node(0).close();

        assertThatThrownBy(() -> network.node(0).propose("late")).isInstanceOf(IllegalStateException.class);
        assertThat(network.node(0).status().role()).isEqualTo(RaftStatus.Role.STOPPED);
    }
}
