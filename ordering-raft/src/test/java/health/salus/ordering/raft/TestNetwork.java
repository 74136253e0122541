package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Nodes on this machine that know each other's certificates. */
final class TestNetwork implements AutoCloseable {
    private final Path dir;
    private final List<TestNode> nodes = new ArrayList<>();

    private TestNetwork(Path dir) {
        this.dir = dir;
    }

    /** Nodes called {@code a}, {@code b}, … that are not started. */
    static TestNetwork of(Path dir, int count) {
        TestNetwork network = new TestNetwork(dir);
        for (int i = 0; i < count; i++) {
            network.add("org-" + (char) ('a' + i));
        }
        return network;
    }

    TestNode add(String id) {
        TestNode node = new TestNode(dir, id);
        nodes.add(node);
        for (TestNode one : nodes) {
            one.trusted.add(node.identity.certificate());
            node.trusted.add(one.identity.certificate());
        }
        return node;
    }

    TestNetwork started() {
        nodes.forEach(node -> node.start(peers()));
        return this;
    }

    TestNetwork started(long snapshotEvery) {
        nodes.forEach(node -> node.start(peers(), snapshotEvery));
        return this;
    }

    List<RaftOrdering.Peer> peers() {
        return nodes.stream().map(node -> node.peer).toList();
    }

    TestNode node(int index) {
        return nodes.get(index);
    }

    List<TestNode> nodes() {
        return nodes;
    }

    TestNode leader() {
        await("a leader", () -> nodes.stream().anyMatch(TestNode::leads));
        return nodes.stream().filter(TestNode::leads).findFirst().orElseThrow();
    }

    /** Sends bytes as a member may, to whoever leads. */
    void send(byte[] bytes) {
        await("bytes are committed", () -> {
            TestNode leader = leader();
            try (RawClient client = new RawClient(leader, Optional.of(leader.identity.tls(leader.trusted)))) {
                return client.send(bytes).isSuccess();
            } catch (Exception e) { // another leads meanwhile
                return false;
            }
        });
    }

    List<TestNode> without(TestNode... some) {
        return nodes.stream().filter(node -> !List.of(some).contains(node)).toList();
    }

    void awaitHeight(long height) {
        awaitHeight(height, nodes);
    }

    static void awaitHeight(long height, List<TestNode> nodes) {
        for (TestNode node : nodes) {
            await(node.peer.id() + " at height " + height, () -> node.height() >= height);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TestNode.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static List<String> texts(String prefix, int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> prefix + i).toList();
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::close);
    }
}
