package health.salus.cli.demo;

import health.salus.cli.client.NodeClient;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.Ledger;
import health.salus.ledger.block.Genesis;
import health.salus.node.config.NodeSettings.CatchUp;
import health.salus.node.organization.LogKeys;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's network of several organizations, each with a node in a process of its own that has no FHIR server, and
 * nothing of the demo on the ledger. For measurements. Not thread-safe.
 */
public final class RunningNetwork implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DemoDirectory directory;
    private final Genesis genesis;
    private final List<Node> nodes;
    private final List<Node> joining = new ArrayList<>();

    private RunningNetwork(DemoDirectory directory, ConsortiumNetwork network) {
        this.directory = directory;
        this.genesis = network.seen().genesis();
        this.nodes = network.nodes().stream().map(Node::new).toList();
    }

    /** One of its nodes; may be stopped. */
    public static final class Node {
        private final ConsortiumNode node;

        private Node(ConsortiumNode node) {
            this.node = node;
        }

        /** Id of its organization. */
        public String organization() {
            return node.id();
        }

        /** Where it listens. */
        public URI address() {
            return node.address();
        }

        /** What it stores. */
        public Path data() {
            return node.data();
        }

        /** Key of its organization's CA, which the ledger believes. */
        public P256PrivateKey authority() {
            return node.institution().authority().key();
        }

        /** What it answers about the ledger. */
        public NodeClient client() {
            return NodeClient.of(address(), TIMEOUT);
        }

        /** Processor time that its process has taken. */
        public Duration processorTime() {
            return node.process().processorTime();
        }

        /**
         * Lets it begin with a ledger that was written before it was ever started.
         *
         * @param ledger directory of a ledger that is closed; it is copied
         */
        public void beginWith(Genesis genesis, Path ledger) throws IOException {
            Path own = data().resolve("ledger");
            Files.createDirectories(data().resolve("raft")); // empty: the ordering begins here, nothing of it was lost
            Ledger.restore(ledger, own);
            Path file = own.resolve("log").resolve("checkpoint");
            Checkpoint checkpoint =
                    Checkpoint.parse(SignedNote.parse(Files.readAllBytes(file)).text());
            NoteSigner log = LogKeys.ledgerLog(node.institution().nodeKeys(), genesis);
            Files.writeString(file, checkpoint.sign(log).encode());
        }

        /** Starts it, or starts it again, without waiting until it answers. */
        public void start() throws IOException {
            node.process().start();
        }

        /** Waits until it answers. */
        public void awaitDoor() throws InterruptedException {
            node.process().awaitDoor();
        }

        /** Ends it as a power failure would. */
        public void kill() throws InterruptedException {
            node.process().kill();
        }
    }

    /**
     * Makes keys and files, starts all nodes and waits until they answer.
     *
     * @param path new or empty
     */
    public static RunningNetwork start(Path path, int organizations) throws IOException, InterruptedException {
        RunningNetwork network = create(path, organizations);
        try {
            network.start();
            return network;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /**
     * Makes keys and files, and starts nothing.
     *
     * @param path new or empty
     */
    public static RunningNetwork create(Path path, int organizations) throws IOException {
        DemoDirectory directory = DemoDirectory.fresh(path);
        try {
            return new RunningNetwork(directory, ConsortiumNetwork.create(directory, organizations, "none"));
        } catch (IOException | RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** Starts all nodes and waits until they answer. */
    public void start() throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.start();
        }
        for (Node node : nodes) {
            node.awaitDoor();
        }
    }

    /** What it began with. */
    public Genesis genesis() {
        return genesis;
    }

    /** The members' nodes. */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * Makes the node of an organization that is no member, which takes the ledger from the others; does not start it.
     *
     * @param catchUp how it takes the ledger
     */
    public Node joining(String organization, CatchUp catchUp) throws IOException {
        Path password = directory.file("password");
        ConsortiumNode made = ConsortiumNetwork.node(organization, directory, KeyStorePassword.ofFile(password));
        made.configure(
                directory.file("genesis.json"),
                password,
                "none",
                nodes.stream().map(Node::address).toList(),
                catchUp);
        Node node = new Node(made);
        joining.add(node);
        return node;
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(node -> node.node.process().close());
        joining.forEach(node -> node.node.process().close());
        directory.close();
    }
}
