package health.salus.ordering.raft.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between the nodes. */
sealed interface Topology extends AutoCloseable {
    /** The best that is possible here: where it is {@link Loopback}, nothing separates or slows nodes. */
    static Topology create() {
        Namespaces namespaces = new Namespaces();
        if (namespaces.open()) {
            return namespaces;
        }
        namespaces.close();
        return new Loopback();
    }

    /** A place for one more node. */
    Site.Address add(String node);

    /** What the command of a node's process begins with. */
    List<String> command(String node);

    /** Whether nodes can be separated. */
    boolean isReal();

    /** Whether a node can be slowed down. */
    boolean canSlow();

    /** Lets these, and the others, talk among themselves only. */
    void separate(Set<String> nodes);

    /** Lets little out of this node: 400 kbit/s. */
    void slow(String node);

    /** Undoes both. */
    void heal();

    @Override
    void close();

    /** All nodes on the loopback interface. */
    final class Loopback implements Topology {
        @Override
        public Site.Address add(String node) {
            return new Site.Address("127.0.0.1", freePort(), freePort());
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> command(String node) {
            return List.of();
        }

        @Override
        public boolean isReal() {
            return false;
        }

        @Override
        public boolean canSlow() {
            return false;
        }

        @Override
        public void separate(Set<String> nodes) {
            throw new IllegalStateException("one loopback interface cannot be separated");
        }

        @Override
        public void slow(String node) {
            throw new IllegalStateException("the loopback interface is everybody's");
        }

        @Override
        public void heal() {}

        @Override
        public void close() {}
    }

    /**
     * A network namespace for each node and one for two switches; a node hangs on the first of them, or, separated, on the
     * second. Nothing is outside of these namespaces, and with them it goes away.
     */
    final class Namespaces implements Topology {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private final String prefix = "salus-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
        private final String hub = prefix + "hub";
        private final List<String> nodes = new ArrayList<>();
        private final List<String> namespaces = new ArrayList<>();
        private final Thread hook = Thread.ofPlatform().unstarted(this::remove);
        private boolean slows;

        private Namespaces() {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private boolean open() {
            if (!makes(hub)) {
                return false;
            }
            for (String bridge : List.of("one", "two")) {
                if (!Shell.succeeds("ip", "-n", hub, "link", "add", bridge, "type", "bridge")
                        || !Shell.succeeds("ip", "-n", hub, "link", "set", bridge, "up")) {
                    return false;
                }
            }
            slows = Shell.succeeds(slowing(hub, "one"));
            Shell.succeeds("tc", "-n", hub, "qdisc", "del", "dev", "one", "root");
            return Shell.succeeds("nsenter", "--net=/run/netns/" + hub, "true");
        }

        private boolean makes(String namespace) {
            return Shell.succeeds("ip", "netns", "add", namespace) && namespaces.add(namespace);
        }

        @Override
        public Site.Address add(String node) {
            String own = prefix + node;
            if (!makes(own)) {
                throw new IllegalStateException("no namespace " + own);
            }
            nodes.add(node);
            String host = "10.73.0." + nodes.size();
            Shell.run("ip", "link", "add", "wire", "netns", own, "type", "veth", "peer", "name", node, "netns", hub);
            Shell.run("ip", "-n", own, "addr", "add", host + "/24", "dev", "wire");
            Shell.run("ip", "-n", own, "link", "set", "lo", "up");
            Shell.run("ip", "-n", own, "link", "set", "wire", "up");
            Shell.run("ip", "-n", hub, "link", "set", node, "up");
            plug(node, "one");
            return new Site.Address(host, 7001, 7002);
        }

        private void plug(String node, String bridge) {
            Shell.run("ip", "-n", hub, "link", "set", node, "master", bridge);
        }

        @Override
        public List<String> command(String node) {
            return List.of("nsenter", "--net=/run/netns/" + prefix + node);
        }

        @Override
        public boolean isReal() {
            return true;
        }

        @Override
        public boolean canSlow() {
            return slows;
        }

        @Override
        public void separate(Set<String> some) {
            nodes.forEach(node -> plug(node, some.contains(node) ? "two" : "one"));
        }

        @Override
        public void slow(String node) {
            Shell.run(slowing(prefix + node, "wire"));
        }

        private static String[] slowing(String namespace, String device) {
            return ("tc -n " + namespace + " qdisc replace dev " + device
                            + " root tbf rate 400kbit burst 8kb latency 2s")
                    .split(" ");
        }

        @Override
        public void heal() {
            nodes.forEach(node -> {
                plug(node, "one");
                Shell.succeeds("tc", "-n", prefix + node, "qdisc", "del", "dev", "wire", "root");
            });
        }

        private void remove() {
            namespaces.forEach(namespace -> Shell.succeeds("ip", "netns", "del", namespace));
        }

        @Override
        public void close() {
            remove();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
