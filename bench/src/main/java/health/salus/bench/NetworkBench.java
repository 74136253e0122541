package health.salus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.demo.RunningNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Four organizations' nodes on this one machine, each a process of its own, as they run in earnest: Raft over mutual TLS,
 * cosignatures over HTTP, transactions submitted over HTTP by a client process, which is this one.
 */
final class NetworkBench implements Measurement {
    private static final int NODES = 4;
    private static final int CLIENTS_PER_NODE = 6;
    private static final int TOGETHER = 256; // transactions in a request
    private static final int FIRST = 1_000;
    private static final int ROUND_SECONDS = 10;
    private static final int CLOSED_LOOP = 1_000;
    private static final int KILLS = 5;
    private static final long PAGE_BYTES = 4_096;
    private static final double COMPILING = 0.02; // of a core, by all nodes and this process together
    private static final Duration WARM_UP = Duration.ofMinutes(10); // the compilers of all nodes share the cores
    private static final Duration LIMIT_TIME = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        said.accept("starting " + NODES + " nodes");
        try (RunningNetwork network = RunningNetwork.start(directory.resolve("network"), NODES)) {
            Run run = new Run(network, directory, said);
            List<Row> rows = new ArrayList<>();
            run.arrive();
            rows.add(run.saturated());
            rows.add(run.closedLoop());
            rows.addAll(run.idle());
            rows.add(run.failOver());
            return rows;
        }
    }

    /** One network that is measured. */
    private static final class Run {
        private final RunningNetwork network;
        private final Path directory;
        private final Consumer<String> said;
        private final Population population;
        private int amount = FIRST; // of transactions of a round

        Run(RunningNetwork network, Path directory, Consumer<String> said) {
            this.network = network;
            this.directory = directory;
            this.said = said;
            this.population = new Population(
                    network.genesis().network(),
                    network.nodes().get(0).authority(),
                    network.nodes().get(1).authority());
        }

        /** Submits so many transactions at once. @return how many were final in a second */
        private double submit(int count) throws Exception {
            List<byte[]> transactions = population.requests(count);
            try (NetworkClients clients = new NetworkClients(network.nodes(), CLIENTS_PER_NODE)) {
                System.gc(); // what was signed is the measurement's own
                long height = height(first());
                ProcessorTime before = ProcessorTime.now(network);
                long start = System.nanoTime();
                int repeated = clients.submitAll(transactions, TOGETHER);
                double seconds = (System.nanoTime() - start) / 1e9;
                said.accept("%s; %d transactions a block%s"
                        .formatted(
                                ProcessorTime.now(network).since(before).describe(count, seconds),
                                count / Math.max(1, height(first()) - height),
                                repeated == 0 ? "" : "; submitted again: " + repeated));
                return count / seconds;
            }
        }

        /** Submits as many as take some seconds. */
        private double round() throws Exception {
            double rate = submit(amount);
            amount = (int) (rate * ROUND_SECONDS) + 1;
            return rate;
        }

        private NodeClient first() {
            return network.nodes().getFirst().client();
        }

        /** Puts on the ledger who will submit. */
        void arrive() throws Exception {
            awaitEven(network.nodes());
            for (List<byte[]> some : population.arrival()) {
                try (NetworkClients clients = new NetworkClients(network.nodes(), 1)) {
                    clients.submitAll(some, TOGETHER);
                }
                awaitEven(network.nodes());
            }
        }

        Row saturated() throws Exception {
            said.accept("submitting signed transactions for " + ROUND_SECONDS + " s, again and again");
            try (HttpClient http = HttpClient.newHttpClient()) {
                WarmUp.run(said, () -> compilationMillis(http), COMPILING, WARM_UP, this::round);
            }
            Rounds median = Rounds.median(said, () -> Limits.verificationsPerSecond(LIMIT_TIME), this::round);
            return Row.atLeast(
                    "network, saturated",
                    median.rate(),
                    median.limit() / NODES,
                    "tx/s",
                    0.6,
                    "access requests, final by cosignatures, submitted over HTTP, " + TOGETHER + " in a request, by "
                            + NODES * CLIENTS_PER_NODE
                            + " clients whose work is done on the same cores; limit: bare P-256"
                            + " verifications on all cores / " + NODES + ", since each node verifies each transaction");
        }

        /** What the compilers of the nodes have worked so far, as their metrics say; and that of this process. */
        private long compilationMillis(HttpClient http) throws IOException, InterruptedException {
            long all = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
            for (RunningNetwork.Node node : network.nodes()) {
                URI metrics = node.address().resolve("/node/prometheus");
                String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body();
                all += text.lines()
                        .filter(line -> line.startsWith("jvm_compilation_time_ms_total"))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
            }
            return all;
        }

        Row closedLoop() throws Exception {
            said.accept("one client submits " + CLOSED_LOOP + " transactions one after the other, again and again");
            try (HttpClient http = HttpClient.newHttpClient()) { // what runs for one is not what ran for many
                WarmUp.run(said, () -> compilationMillis(http), COMPILING, WARM_UP, this::oneByOne);
            }
            Samples fsync = Limits.fsync(directory, 1_500, CLOSED_LOOP);
            Samples samples = oneByOne();
            said.accept("one client: " + samples.summary() + "; fsync: " + fsync.summary());
            return Row.atMost(
                    "network, one client, p50",
                    samples.percentileMillis(0.5),
                    4 * fsync.percentileMillis(0.5) + 20,
                    "ms",
                    "submit to final, one at a time, by the nodes in turn; limit: 4 x fsync p50 + 20 ms; "
                            + samples.summary());
        }

        private Samples oneByOne() throws Exception {
            List<byte[]> transactions = population.requests(CLOSED_LOOP);
            Samples samples = new Samples();
            try (NetworkClients client = new NetworkClients(network.nodes(), 1)) {
                ProcessorTime before = ProcessorTime.now(network);
                long start = System.nanoTime();
                for (int i = 0; i < CLOSED_LOOP; i++) {
                    samples.add(client.submit(i, transactions.get(i)));
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                said.accept(ProcessorTime.now(network).since(before).describe(CLOSED_LOOP, seconds)
                        + "; p50 %.1f ms".formatted(samples.percentileMillis(0.5)));
            }
            return samples;
        }

        List<Row> idle() throws Exception {
            awaitEven(network.nodes());
            said.accept("waiting until the compilers have done what the load left them");
            try (HttpClient http = HttpClient.newHttpClient()) {
                WarmUp.run(said, () -> compilationMillis(http), WarmUp.COMPILING, WARM_UP, () -> Thread.sleep(SETTLE));
            }
            said.accept("leaving it alone for " + IDLE.toSeconds() + " s");
            long bytes = bytes();
            ProcessorTime before = ProcessorTime.now(network);
            long start = System.nanoTime();
            Thread.sleep(IDLE);
            double seconds = (System.nanoTime() - start) / 1e9;
            ProcessorTime taken = ProcessorTime.now(network).since(before);
            long grown = bytes() - bytes;
            said.accept(taken.describe(1, seconds));
            return List.of(
                    Row.atMost(
                            "network, idle, busiest node",
                            100 * taken.most() / seconds,
                            1,
                            "% of core",
                            "processor time of a process in " + IDLE.toSeconds() + " s in which nothing is submitted"),
                    Row.atMost(
                            "network, idle, growth",
                            (double) grown,
                            (double) PAGE_BYTES,
                            "bytes",
                            "of all four data directories together, in the same time; limit: one page"));
        }

        private long bytes() throws IOException {
            long bytes = 0;
            for (RunningNetwork.Node node : network.nodes()) {
                try (Stream<Path> files = Files.walk(node.data())) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        bytes += Files.size(file);
                    }
                }
            }
            return bytes;
        }

        private static long height(NodeClient node) {
            return node.status().path("height").asLong();
        }

        Row failOver() throws Exception {
            Samples samples = new Samples();
            for (int i = 0; i < KILLS; i++) {
                awaitEven(network.nodes());
                RunningNetwork.Node leader = leader();
                RunningNetwork.Node other = network.nodes().stream()
                        .filter(node -> node != leader)
                        .skip(i % (NODES - 1))
                        .findFirst()
                        .orElseThrow();
                byte[] transaction = population.requests(1).getFirst();
                try (KeepAliveConnection connection = new KeepAliveConnection(other.address(), "")) {
                    long start = System.nanoTime();
                    leader.kill();
                    NetworkClients.submit(connection, transaction);
                    samples.add(System.nanoTime() - start);
                    said.accept("killed the leader, %s: final again after %.2f s"
                            .formatted(leader.organization(), (System.nanoTime() - start) / 1e9));
                }
                leader.start();
                leader.awaitDoor();
            }
            return Row.atMost(
                    "network, fail-over, median of " + KILLS,
                    samples.percentileMillis(0.5) / 1_000,
                    3,
                    "s",
                    "from kill -9 of the leader until a transaction that is submitted at once at another node is final; "
                            + samples.summary());
        }

        private RunningNetwork.Node leader() {
            String leads = first().status().path("ordering").path("leader").asText();
            return network.nodes().stream()
                    .filter(node -> node.organization().equals(leads))
                    .findFirst()
                    .orElseThrow();
        }

        /** Waits until all nodes have the same last block, final, and know a leader. */
        private static void awaitEven(List<RunningNetwork.Node> nodes) throws Exception {
            await("the nodes do not come to one state", () -> {
                Set<String> states = new HashSet<>();
                for (RunningNetwork.Node node : nodes) {
                    JsonNode status = node.client().status();
                    if (status.path("height").asLong() != status.path("final").asLong()
                            || !status.path("ordering").has("leader")) {
                        return false;
                    }
                    states.add(status.path("state").asText()
                            + status.path("ordering").path("leader").asText());
                }
                return states.size() == 1;
            });
        }

        private static void await(String failure, Callable<Boolean> condition) throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!holds(condition)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(failure);
                }
                Thread.sleep(PAUSE);
            }
        }

        private static boolean holds(Callable<Boolean> condition) throws Exception {
            try {
                return condition.call();
            } catch (NodeUnavailableException e) { // busy
                return false;
            }
        }
    }
}
