package health.salus.ordering.raft.fault;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.finality.Thresholds;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.testing.ForkedJvm;
import health.salus.ledger.testing.TestNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes in processes of their own, and what can happen to them. The last founder's data lie on a {@link SmallDisk} where
 * mounting is allowed.
 */
final class Consortium implements AutoCloseable {
    /** How long a condition may take where everything is slow: after that it counts as never. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Pattern LOG_SEGMENT = Pattern.compile("log_(?:inprogress_)?([0-9]+)(?:-[0-9]+)?");
    private static final long STATUS_MILLIS = 1_000;
    private static final long POLL_MILLIS = 50;
    private static final long END_SECONDS = 60;
    private static final long FIRST_STOP_MILLIS = 2_000; // longer than a node waits for its leader

    final TestNetwork network;
    private final Path base;
    private final long snapshotEvery;
    private final Topology topology = Topology.create();
    private final Map<String, Node> nodes = new TreeMap<>();
    private final List<String> founders = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private @Nullable SmallDisk disk;

    /**
     * Starts nodes {@code n0}, {@code n1} and so on.
     *
     * @param base empty; its path is short
     * @param snapshotEvery after how many batches a node forgets them
     */
    Consortium(Path base, int size, long snapshotEvery) throws IOException, GeneralSecurityException {
        this.base = base;
        this.snapshotEvery = snapshotEvery;
        for (int i = 0; i < size; i++) {
            founders.add(add().site.name());
        }
        this.network = new TestNetwork(witnesses(founders));
        network.save(Site.network(base));
        Path last = node(founders.getLast()).site.data();
        if (SmallDisk.mounts(last)) {
            disk = SmallDisk.at(last);
        }
        nodes.values().forEach(Node::start);
        nodes.values().forEach(Node::awaitAnswer);
    }

    private Node add() throws IOException, GeneralSecurityException {
        String name = "n" + nodes.size();
        Node node = new Node(Site.create(base, name, topology.add(name)));
        nodes.put(name, node);
        return node;
    }

    /** A node that is no witness yet; it takes what is final from the others. */
    Node join() throws IOException, GeneralSecurityException {
        Node joined = add();
        joined.start();
        joined.awaitAnswer();
        return joined;
    }

    /** The witnesses that these would be. */
    WitnessSet witnesses(List<String> names) {
        return new WitnessSet(
                names.stream().map(name -> node(name).site.member()).toList(), Thresholds.quorum(names.size()));
    }

    List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    Node node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    Topology topology() {
        return topology;
    }

    Optional<SmallDisk> disk() {
        return Optional.ofNullable(disk);
    }

    /** The node whose data lie on {@link #disk}. */
    String nodeWithSmallDisk() {
        return founders.getLast();
    }

    /** What happened that an operator would have had to see to, since the beginning. */
    List<String> incidents() {
        return List.copyOf(incidents);
    }

    /** The node that leads the newest term, as far as it is known now. */
    Optional<String> leader() {
        Map<Long, String> byTerm = new TreeMap<>(Comparator.reverseOrder());
        nodes.forEach((name, node) -> node.status()
                .filter(status -> text(status, "role").equals("LEADER"))
                .ifPresent(status -> byTerm.put(number(status, "term"), name)));
        return byTerm.values().stream().findFirst();
    }

    /** The node that leads, as soon as there is one. */
    String awaitLeader() {
        await(() -> leader().isPresent(), "a leader");
        return leader().orElseGet(this::awaitLeader);
    }

    /** Of the node's last block; -1: it does not answer. */
    long height(String name) {
        return node(name).status().map(status -> number(status, "height")).orElse(-1L);
    }

    /** Waits for so many more blocks on this node. */
    void awaitBlocks(String name, long count) {
        long enough = node(name).awaitStatus("height") + count;
        await(() -> height(name) >= enough, "blocks of " + name);
    }

    /** Stops the leader, longer each time, until there is a new term. */
    void endTerm() {
        long before = node(awaitLeader()).awaitStatus("term");
        for (long millis = FIRST_STOP_MILLIS;
                node(awaitLeader()).awaitStatus("term") <= before;
                millis += FIRST_STOP_MILLIS) {
            Node leader = node(awaitLeader());
            leader.stop();
            pause(millis);
            leader.resume();
        }
    }

    /** Of the node's last block, in milliseconds. */
    long time(String name) {
        return node(name).awaitStatus("time");
    }

    /** Index of the last entry of the Raft log that this node knows to be committed. */
    long lastCommitted(String name) {
        return node(name).awaitStatus("committed");
    }

    /** Index of the first entry that this node's Raft log still has. */
    long firstInRaftLog(String name) {
        try (Stream<Path> files = Files.walk(node(name).site.raft())) {
            return files.map(file -> LOG_SEGMENT.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(segment -> Long.parseLong(segment.group(1)))
                    .min()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) { // a file has gone meanwhile
            return 0;
        }
    }

    /** Undoes all faults, and starts what does not run or has stopped working. */
    void heal() {
        topology.heal();
        disk().ifPresent(SmallDisk::free);
        nodes.values().forEach(node -> {
            node.resume();
            if (node.hasEnded()) {
                incidents.add(node.site.name() + " ended by itself: " + node.lastOutput());
            }
            if (!node.isRunning()) {
                node.start();
            }
        });
        nodes.values().forEach(Node::awaitAnswer);
        nodes.values().forEach(node -> node.setClock(Duration.ZERO));
    }

    /** Waits until every node has the same blocks and all of them are final; answers the height. */
    long awaitSettled() {
        await(this::isSettled, "one height, final on all");
        return number(nodes.values().iterator().next().status().orElseThrow(), "height");
    }

    private boolean isSettled() {
        List<JsonObject> all = nodes.values().stream()
                .map(Node::status)
                .flatMap(Optional::stream)
                .toList();
        restartFailed();
        return all.size() == nodes.size()
                && all.stream()
                                .map(status -> number(status, "height"))
                                .distinct()
                                .count()
                        == 1
                && all.stream().allMatch(status -> number(status, "height") == number(status, "final"))
                && all.stream().noneMatch(status -> status.members().containsKey("failure"));
    }

    /** As an operator does who reads that a node asks for it. */
    void restartFailed() {
        nodes.values()
                .forEach(node -> node.status()
                        .filter(status -> status.members().containsKey("failure"))
                        .ifPresent(status -> {
                            incidents.add(node.site.name() + " restarted: " + text(status, "failure"));
                            node.restart();
                            node.awaitAnswer();
                        }));
    }

    /** Waits for something. @throws AssertionError if it does not come */
    void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + ": " + describe());
            }
            pause(POLL_MILLIS);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What every node says of itself now. */
    String describe() {
        return nodes.values().stream()
                .map(node -> "\n" + node.site.name() + (node.isRunning() ? " " : " (dead) ")
                        + node.status()
                                .map(status -> new String(status.canonical(), java.nio.charset.StandardCharsets.UTF_8))
                                .orElse("no answer")
                        + "\n  " + node.lastOutput())
                .collect(Collectors.joining());
    }

    static long number(JsonObject object, String member) {
        return object.members().get(member) instanceof JsonInteger(long value) ? value : -1;
    }

    static String text(JsonObject object, String member) {
        return object.members().get(member) instanceof JsonString(String value) ? value : "";
    }

    @Override
    public void close() {
        nodes.values().forEach(Node::kill);
        disk().ifPresent(SmallDisk::close);
        topology.close();
    }

    /** One node; its process may be there or not. */
    final class Node {
        final Site site;
        private @Nullable Process process;
        private @Nullable Thread hook;
        private boolean stopped;

        private Node(Site site) {
            this.site = site;
        }

        boolean isRunning() {
            return process != null && process.isAlive();
        }

        /** Whether its process is no more though nobody here ended it. */
        private boolean hasEnded() {
            return process != null && !process.isAlive();
        }

        long pid() {
            return Optional.ofNullable(process).orElseThrow().pid();
        }

        void start() {
            end(Process::destroyForcibly); // one that ended by itself
            List<String> command = new ArrayList<>(topology.command(site.name()));
            List<String> arguments =
                    new ArrayList<>(List.of(base.toString(), site.name(), Long.toString(snapshotEvery)));
            if (founders.contains(site.name())) {
                arguments.addAll(founders);
            }
            command.addAll(ForkedJvm.command(
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
                    NodeProcess.class,
                    arguments.toArray(String[]::new)));
            try {
                Files.deleteIfExists(site.control());
                Process started = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(site.output().toFile()))
                        .start();
                process = started;
                Thread end = Thread.ofPlatform().unstarted(started::destroyForcibly);
                hook = end;
                Runtime.getRuntime().addShutdownHook(end);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until it answers. */
        void awaitAnswer() {
            await(() -> status().isPresent() || !isRunning(), site.name() + " to answer");
            assertThat(isRunning())
                    .as(() -> site.name() + " runs: " + describe())
                    .isTrue();
        }

        Optional<JsonObject> status() {
            if (!isRunning()) {
                return Optional.empty();
            }
            return ask("status", STATUS_MILLIS);
        }

        private long awaitStatus(String member) {
            AtomicReference<Optional<JsonObject>> told = new AtomicReference<>(Optional.empty());
            await(
                    () -> {
                        told.set(status());
                        return told.get().isPresent();
                    },
                    site.name() + " to answer");
            return number(told.get().orElseThrow(), member);
        }

        private Optional<JsonObject> ask(String request, long millis) {
            try (Control control = Control.connect(site.control())) {
                return Optional.of(control.ask(request, millis));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** The number in its newest final state. */
        long read(long handle) {
            return number(ask("read " + handle, PATIENCE.toMillis()).orElseThrow(), "value");
        }

        /** Copies its ledger, while it runs. */
        void snapshot(Path target) throws IOException {
            try (Control control = Control.connect(site.control())) {
                control.ask("snapshot " + target, PATIENCE.toMillis());
            }
        }

        /** Sets its clock wrong, or right again, while it runs. */
        void setClock(Duration offset) {
            await(
                    () -> ask("clock " + offset.toSeconds(), STATUS_MILLIS).isPresent() || !isRunning(),
                    site.name() + " to set its clock");
        }

        /** SIGKILL. */
        void kill() {
            end(Process::destroyForcibly);
        }

        /** SIGTERM. */
        void terminate() {
            resume();
            end(Process::destroy);
        }

        /** SIGTERM, the end of which {@link #terminate} waits for. */
        void beginToTerminate() {
            resume();
            Optional.ofNullable(process).ifPresent(Process::destroy);
        }

        private void end(Consumer<Process> way) {
            Process running = process;
            if (running == null) {
                return;
            }
            way.accept(running);
            stopped = false;
            try {
                if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    incidents.add(site.name() + " did not end when told");
                    running.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            process = null;
        }

        void restart() {
            kill();
            start();
        }

        /** SIGSTOP. */
        void stop() {
            Shell.run("kill", "-STOP", Long.toString(pid()));
            stopped = true;
        }

        /** SIGCONT, if it was stopped. */
        void resume() {
            if (stopped && isRunning()) {
                Shell.run("kill", "-CONT", Long.toString(pid()));
            }
            stopped = false;
        }

        boolean isStopped() {
            return stopped;
        }

        void forgetOutput() throws IOException {
            Files.deleteIfExists(site.output());
        }

        /** Whether it has said something since. */
        boolean hasSaid(String text) throws IOException {
            return Files.readString(site.output()).contains(text);
        }

        private String lastOutput() {
            try {
                List<String> lines = Files.readAllLines(site.output()).stream()
                        .filter(line -> line.matches("[0-9:.]+ .*|\\s.*|.*Exception.*"))
                        .toList();
                return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
            } catch (IOException e) {
                return "no output";
            }
        }
    }

    /** Those of these nodes that are not {@code name}. */
    List<String> others(String name) {
        return names().stream().filter(other -> !other.equals(name)).toList();
    }

    /** The nodes whose processes run, stopped or not. */
    List<String> running() {
        return names().stream().filter(name -> node(name).isRunning()).toList();
    }

    /** Ends these in order, all at the same time. */
    void terminate(List<String> names) {
        names.forEach(name -> node(name).beginToTerminate());
        names.forEach(name -> node(name).terminate());
    }
}
