package health.salus.ordering.raft;

import static health.salus.ordering.raft.TestNetwork.await;
import static health.salus.ordering.raft.TestNetwork.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.FullDisk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the ledgers of three nodes, and what doesn't. */
class RaftDeliveryIT {
    @TempDir
    Path dir;

    private TestNetwork network;

    @BeforeEach
    void begin() {
        network = TestNetwork.of(dir, 3).started();
    }

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void bytes_that_are_no_batch_take_no_height_on_any_node() {
        TestNode leader = network.leader();
        leader.insist("first");
        byte[] cut = Frame.of(1, 2, TestNode.proposal("cut")).bytes();
        network.send(new byte[] {7, 8, 9});
        network.send(Arrays.copyOf(cut, cut.length - 1));
        network.send(BatchCodec.encode(TestNode.proposal("no frame")));
        leader.insist("second");

        network.awaitHeight(2);
        assertThat(network.nodes()).allSatisfy(node -> assertThat(node.ledger()).containsExactly("first", "second"));
    }

    @Test
    void a_batch_of_the_greatest_size_arrives_from_any_node() {
        network.leader();
        Proposal greatest = ofBytes(Frame.MAX_BATCH_BYTES);
        for (TestNode node : network.nodes()) {
            await("a leader", () -> node.status().leader().isPresent());
            node.ordering().propose(greatest);
        }

        network.awaitHeight(3);
        assertThat(network.nodes())
                .allSatisfy(node -> assertThat(node.delivered)
                        .allSatisfy(
                                batch -> assertThat(BatchCodec.encode(batch)).isEqualTo(BatchCodec.encode(greatest))));
        assertThatThrownBy(() -> network.node(0).ordering().propose(ofBytes(Frame.MAX_BATCH_BYTES + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Proposal ofBytes(int size) {
        List<Candidate> candidates = new ArrayList<>();
        int left = size - 1 - Long.BYTES - 2 * Short.BYTES;
        int most = Math.min(Transaction.MAX_BYTES, 65_535);
        while (left > 0) {
            int length = Math.min(most, left - Short.BYTES);
            length = left - Short.BYTES - length == 1 ? length - 1 : length; // an item has at least a byte
            if (left - Short.BYTES - length == 2) {
                length--;
            }
            candidates.add(new Candidate.Unreadable(new byte[length], Refusal.MALFORMED));
            left -= length + Short.BYTES;
        }
        assertThat(candidates).hasSizeLessThanOrEqualTo(BlockHeader.MAX_TRANSACTIONS);
        Proposal proposal = new Proposal(Instant.EPOCH, candidates);
        assertThat(BatchCodec.encode(proposal)).hasSize(size);
        return proposal;
    }

    @Test
    void a_batch_that_the_disk_had_no_room_for_is_tried_again() {
        TestNode full = network.without(network.leader()).getFirst();
        AtomicInteger refusals = new AtomicInteger();
        full.before = height -> {
            if (height == 2 && refusals.incrementAndGet() <= 3) {
                throw FullDisk.nothingDone();
            }
        };

        texts("t", 4).forEach(network.leader()::insist);

        network.awaitHeight(4);
        assertThat(full.ledger()).isEqualTo(network.leader().ledger());
        assertThat(refusals).hasValue(4);
        assertThat(full.status().failure()).isEmpty();
    }

    @Test
    void a_node_whose_ledger_fails_stops_and_the_others_go_on() {
        TestNode broken = network.without(network.leader()).getFirst();
        broken.before = height -> {
            if (height == 2) {
                throw new IllegalStateException("broken");
            }
        };

        texts("t", 4).forEach(network.leader()::insist);

        TestNetwork.awaitHeight(4, network.without(broken));
        await("it says so", () -> broken.status().failure().equals(Optional.of("broken")));
        assertThat(broken.height()).isEqualTo(1);
        assertThat(broken.status().role()).isEqualTo(RaftStatus.Role.STOPPED);
        assertThatThrownBy(() -> broken.propose("more")).isInstanceOf(OrderingUnavailableException.class);

        broken.close();
        broken.before = height -> {};
        broken.start(network.peers());
        network.awaitHeight(4);
        assertThat(broken.ledger()).isEqualTo(network.leader().ledger());
    }

    @Test
    void a_slow_ledger_holds_up_only_its_own_node() {
        TestNode slow = network.without(network.leader()).getFirst();
        AtomicInteger released = new AtomicInteger();
        slow.before = height -> await("released", () -> released.get() > 0);

        texts("t", 40).forEach(network.leader()::insist);

        TestNetwork.awaitHeight(40, network.without(slow));
        assertThat(slow.height()).isZero();
        released.set(1);
        network.awaitHeight(40);
        assertThat(slow.ledger()).isEqualTo(texts("t", 40));
    }
}
