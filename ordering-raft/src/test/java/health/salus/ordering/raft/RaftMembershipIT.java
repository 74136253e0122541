package health.salus.ordering.raft;

import static health.salus.ordering.raft.TestNetwork.await;
import static health.salus.ordering.raft.TestNetwork.awaitHeight;
import static health.salus.ordering.raft.TestNetwork.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.ordering.OrderingUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes part, and who comes late. */
class RaftMembershipIT {
    @TempDir
    Path dir;

    private TestNetwork network = TestNetwork.of(Path.of("unused"), 0);

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void a_node_that_was_away_for_long_fetches_blocks_and_then_follows() throws IOException {
        network = TestNetwork.of(dir, 3).started(20);
        TestNode leader = network.leader();
        leader.insist("t");
        network.awaitHeight(1);
        TestNode away = network.without(leader).getFirst();
        away.source = leader;
        away.close();

        fill(leader, network.without(away));
        await("nothing is under way", () -> leader.status().inFlight() == 0);
        long missed = leader.height();
        away.start(network.peers(), 20);
        texts("after", 3).forEach(leader::insist);

        network.awaitHeight(missed + 3);
        assertThat(away.caughtUp).hasSize(1);
        assertThat(away.caughtUp.getFirst()).isBetween(2L, missed + 3);
        assertThat(away.ledger()).isEqualTo(leader.ledger());
        assertThat(size(leader.dir())).isLessThan(300L << 20);
    }

    /** So much that entries are removed from the Raft log. */
    private static void fill(TestNode leader, List<TestNode> nodes) {
        String large = "x".repeat(30_000);
        for (int i = 0; i < 700; i++) {
            leader.insist(large + i);
        }
        awaitHeight(700, nodes);
        await("entries are removed", () -> {
            leader.insist("more");
            return firstIndex(leader) > 0;
        });
    }

    private static long firstIndex(TestNode node) {
        Path log = node.dir()
                .resolve(RaftConfig.groupId("test-network").getUuid().toString())
                .resolve("current");
        try (Stream<Path> files = Files.list(log)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("log_"))
                    .mapToLong(name -> Long.parseLong(
                            name.replaceFirst("log_(inprogress_)?", "").replaceFirst("-.*", "")))
                    .min()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void a_network_grows_from_one_node_and_a_removed_node_stops() {
        network = TestNetwork.of(dir, 1).started();
        TestNode first = network.node(0);
        texts("alone", 3).forEach(first::insist);
        TestNode second = network.add("org-y");
        TestNode third = network.add("org-z");
        second.start(List.of());
        third.start(List.of());
        assertThat(second.status().role()).isEqualTo(RaftStatus.Role.WAITING);
        assertThatThrownBy(() -> second.propose("too early")).isInstanceOf(OrderingUnavailableException.class);

        network.nodes().forEach(node -> node.ordering().reconfigure(network.peers()));
        third.insist("together");

        network.awaitHeight(4);
        assertThat(third.ledger()).isEqualTo(first.ledger());
        await("three members", () -> first.status().peers().size() == 3);

        List<RaftOrdering.Peer> rest = List.of(first.peer, third.peer);
        network.nodes().forEach(node -> node.ordering().reconfigure(rest));
        await("two members", () -> first.status().peers().size() == 2);
        first.insist("without");
        awaitHeight(5, List.of(first, third));
        await("it stops", () -> second.status().role() == RaftStatus.Role.STOPPED);
        assertThat(second.ledger()).doesNotContain("without");
        assertThatThrownBy(() -> second.propose("too late")).isInstanceOf(OrderingUnavailableException.class);
    }

    @Test
    void a_leader_that_is_removed_hands_over() {
        network = TestNetwork.of(dir, 3).started();
        TestNode leader = network.leader();
        leader.insist("before");
        List<TestNode> others = network.without(leader);
        List<RaftOrdering.Peer> rest = others.stream().map(node -> node.peer).toList();

        network.nodes().forEach(node -> node.ordering().reconfigure(rest));

        await("it stops", () -> leader.status().role() == RaftStatus.Role.STOPPED);
        others.getFirst().insist("after");
        awaitHeight(2, others);
        assertThat(others)
                .allSatisfy(node -> assertThat(node.status().peers()).containsExactlyInAnyOrderElementsOf(rest));
    }

    @Test
    void a_node_that_lost_its_raft_directory_gets_it_back() throws IOException {
        network = TestNetwork.of(dir, 3).started();
        TestNode leader = network.leader();
        texts("t", 5).forEach(leader::insist);
        network.awaitHeight(5);
        TestNode poor = network.without(leader).getFirst();
        poor.close();
        delete(poor.dir());

        poor.start(List.of());
        leader.insist("after");

        network.awaitHeight(6);
        assertThat(poor.ledger()).isEqualTo(leader.ledger());
        assertThat(poor.caughtUp).isEmpty();
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void who_has_no_trusted_certificate_can_neither_propose_nor_take_part() throws Exception {
        network = TestNetwork.of(dir, 3).started();
        TestNode leader = network.leader();
        byte[] forged = Frame.of(1, 1, TestNode.proposal("forged")).bytes();
        TestIdentity stranger = new TestIdentity("stranger");
        try (RawClient untrusted = new RawClient(leader, Optional.of(stranger.tls(leader.trusted)));
                RawClient plain = new RawClient(leader, Optional.empty());
                RawClient member = new RawClient(leader, Optional.of(leader.identity.tls(leader.trusted)))) {
            assertThatThrownBy(() -> untrusted.send(forged)).hasMessageContaining("UNAVAILABLE");
            assertThatThrownBy(() -> plain.send(forged)).hasMessageContaining("UNAVAILABLE");
            assertThatThrownBy(member::administer).hasMessageContaining("PERMISSION_DENIED");
        }
        network.send(forged);
        network.awaitHeight(1);

        TestNode removed = network.without(leader).getFirst();
        network.without(removed).forEach(node -> node.trusted.remove(removed.identity.certificate()));
        await("its calls are refused", () -> {
            try (RawClient client = new RawClient(leader, Optional.of(removed.identity.tls(removed.trusted)))) {
                client.send(forged);
                return false;
            } catch (Exception e) {
                return true;
            }
        });
        leader.ensure("without it");
        for (TestNode node : network.without(removed)) {
            await("the others go on", () -> node.ledger().contains("without it"));
        }
    }
}
