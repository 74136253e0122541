package health.salus.bench;

import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.demo.RunningNetwork;
import health.salus.ledger.block.BlockHeader;
import health.salus.node.config.NodeSettings.CatchUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * How long a node of an organization that joins takes, as a process that has just started, to have the ledger of four others
 * on this one machine: by executing their log, and by a snapshot. What is on the ledger is written before the four are
 * started; each of them has cosigned its end, and another transaction, before anybody joins.
 */
final class JoinBench implements Measurement {
    private static final int NODES = 4;
    private static final Duration LIMIT_TIME = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration PAUSE = Duration.ofMillis(250); // each question takes time of the same cores

    private final IntSupplier transactions;

    /** @param transactions how many are on the ledger */
    JoinBench(IntSupplier transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "join";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        try (RunningNetwork network = RunningNetwork.create(directory.resolve("network"), NODES)) {
            said.accept("writing a ledger of " + transactions.getAsInt() + " transactions for " + NODES + " nodes");
            WrittenLedger.beginWith(network, directory.resolve("written"), transactions.getAsInt());
            said.accept("starting the nodes");
            network.start();
            Run run = new Run(network, said);
            run.growByOne();
            return List.of(run.joiningByLog(), run.joiningBySnapshot());
        }
    }

    /** One network that is joined. */
    private record Run(RunningNetwork network, Consumer<String> said) {
        private NodeClient member() {
            return network.nodes().getFirst().client();
        }

        /** A ledger that was written beforehand is one that goes on. */
        void growByOne() throws Exception {
            byte[] arrival = Population.of(network).arrival().getFirst().getFirst();
            try (NetworkClients client = new NetworkClients(network.nodes(), 1)) {
                client.submit(0, arrival);
            }
        }

        Row joiningByLog() throws Exception {
            NodeClient member = member();
            said.accept("starting a node that takes the ledger from the others and executes it");
            double before = Limits.verificationsPerSecond(LIMIT_TIME);
            RunningNetwork.Node node = network.joining("university", CatchUp.LOG);
            node.start();
            node.awaitDoor();
            NodeClient joining = node.client();
            long from = height(joining);
            long start = System.nanoTime();
            ProcessorTime began = of(node);
            long end = awaitSame(member, joining);
            double seconds = (System.nanoTime() - start) / 1e9;
            long taken = transactions(member, end) - transactions(member, from);
            said.accept(of(node).since(began).describe(taken, seconds));
            node.kill();
            return Row.atLeast(
                    "new node",
                    taken / seconds,
                    (before + Limits.verificationsPerSecond(LIMIT_TIME)) / 2,
                    "tx/s",
                    0.5,
                    "taken from the others over HTTP, verified, executed and stored by a process that has just started: "
                            + taken + " transactions in " + (end - from)
                            + " blocks; limit: bare P-256 verifications on all cores");
        }

        Row joiningBySnapshot() throws Exception {
            NodeClient member = member();
            said.accept("starting a node that takes a snapshot");
            RunningNetwork.Node node = network.joining("registry", CatchUp.SNAPSHOT);
            long start = System.nanoTime();
            node.start();
            node.awaitDoor();
            NodeClient joining = node.client();
            long end = awaitSame(member, joining);
            double seconds = (System.nanoTime() - start) / 1e9;
            long first = joining.status().path("states-from").asLong();
            said.accept("%.1f s, %.1f s of processor time; states from height %d of %d"
                    .formatted(seconds, node.processorTime().toMillis() / 1e3, first, end));
            if (first == 0) {
                throw new IllegalStateException("the new node took no snapshot");
            }
            node.kill();
            return Row.atMost(
                    "new node by snapshot",
                    seconds,
                    30,
                    "s",
                    "from the start of its process until it has the others' last block: log and state of "
                            + transactions(member, end)
                            + " transactions, taken over HTTP and verified against a checkpoint that a quorum cosigned");
        }

        private static ProcessorTime of(RunningNetwork.Node node) {
            return new ProcessorTime(Duration.ZERO, List.of(node.processorTime()));
        }

        /** Waits until {@code joining} has the last block of {@code member}, and answers its height. */
        private static long awaitSame(NodeClient member, NodeClient joining) throws Exception {
            long end = height(member);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!has(joining, end)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("the new node does not come up with the others");
                }
                Thread.sleep(PAUSE);
            }
            if (!member.block(end).equals(joining.block(end))) {
                throw new IllegalStateException("the new node has another ledger");
            }
            return end;
        }

        private static boolean has(NodeClient node, long height) {
            try {
                return height(node) >= height;
            } catch (NodeUnavailableException e) { // busy
                return false;
            }
        }

        private static long height(NodeClient node) {
            return node.status().path("height").asLong();
        }

        /** Transactions in all blocks up to {@code height}. */
        private static long transactions(NodeClient node, long height) {
            BlockHeader header = node.block(height).orElseThrow();
            return header.index() - 1 - height; // without the genesis and the headers before it
        }
    }
}
