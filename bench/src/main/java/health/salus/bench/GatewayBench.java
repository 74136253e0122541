package health.salus.bench;

import health.salus.cli.console.Output;
import health.salus.cli.demo.GrantedReads;
import health.salus.node.backend.FhirBackend;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * FHIR reads by another organization through the gateway (grant decided, seal checked, audit committed, each time) against
 * reads of the same server with nothing before it. Both over HTTP, by turns, so that what else the machine does meets both.
 */
final class GatewayBench implements Measurement {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 5;
    private static final int SINGLE_READS = 1_000;
    private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(180);
    /** Part of the time that the compiler may still work for the machine to count as warm. */
    private static final double COMPILING = 0.03;

    private static final Duration ROUND = Duration.ofSeconds(4);

    private final Output output;

    /** @param output for progress */
    GatewayBench(Output output) {
        this.output = output;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        said.accept("starting a node with an embedded FHIR server, loading some patients");
        try (GrantedReads granted = GrantedReads.prepare(directory.resolve("node"), output);
                DirectDoor direct = DirectDoor.open(fhir(granted))) {
            said.accept("warming up");
            warmUp(granted, direct, said);
            return List.of(saturated(granted, direct, said), single(granted, direct, said));
        }
    }

    /** Reads both ways until the compiler has nearly done its work. */
    private static void warmUp(GrantedReads granted, DirectDoor direct, Consumer<String> said) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long start = System.nanoTime();
        double compiling;
        do {
            long began = System.nanoTime();
            long compiled = compiler.getTotalCompilationTime();
            throughput(direct.base(), "", granted.paths(), ROUND);
            throughput(granted.fhirBase(), granted.token(), granted.paths(), ROUND);
            compiling = (compiler.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - began);
        } while (compiling > COMPILING && System.nanoTime() - start < WARM_UP_AT_MOST.toNanos());
        said.accept("warm after %d s; the compiler still takes %.0f %% of a core"
                .formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds(), 100 * compiling));
    }

    private static FhirBackend fhir(GrantedReads granted) {
        return granted.node()
                .organizations()
                .find("hospital")
                .flatMap(hospital -> hospital.custody())
                .orElseThrow()
                .fhir();
    }

    /**
     * What reading gets done.
     *
     * @param processorMillis of this process, clients included, for one read
     */
    private record Rate(double perSecond, double processorMillis) {
        @Override
        public String toString() {
            return "%.0f/s (%.2f ms of processor time each)".formatted(perSecond, processorMillis);
        }
    }

    private static Row saturated(GrantedReads granted, DirectDoor direct, Consumer<String> said) throws Exception {
        double directly = 0;
        double through = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Rate one = throughput(direct.base(), "", granted.paths(), ROUND);
            Rate other = throughput(granted.fhirBase(), granted.token(), granted.paths(), ROUND);
            said.accept("direct " + one + ", through the gateway " + other);
            directly += one.perSecond / ROUNDS;
            through += other.perSecond / ROUNDS;
        }
        return Row.atLeast(
                "FHIR reads through the gateway, " + CLIENTS + " clients",
                through,
                directly,
                "reads/s",
                0.6,
                "GET of one Observation by id; grant decided, seal checked and audit forced to the disk for each; limit:"
                        + " the same server read directly over HTTP");
    }

    private static Row single(GrantedReads granted, DirectDoor direct, Consumer<String> said) throws IOException {
        Samples directly = new Samples();
        Samples through = new Samples();
        try (KeepAliveReader one = new KeepAliveReader(direct.base(), "");
                KeepAliveReader other = new KeepAliveReader(granted.fhirBase(), granted.token())) {
            for (int i = 0; i < SINGLE_READS; i++) {
                String path = granted.paths().get(i % granted.paths().size());
                directly.add(time(one, path));
                through.add(time(other, path));
            }
        }
        said.accept("one client, direct: " + directly.summary());
        said.accept("one client, through the gateway: " + through.summary());
        return Row.atMost(
                "FHIR reads through the gateway, added at p50",
                through.percentileMillis(0.5) - directly.percentileMillis(0.5),
                1,
                "ms",
                "one client, reads by turns; direct: " + directly.summary() + "; through: " + through.summary());
    }

    private static long time(KeepAliveReader reader, String path) throws IOException {
        long start = System.nanoTime();
        reader.read(path);
        return System.nanoTime() - start;
    }

    /** Reads by {@link #CLIENTS} clients, each of which waits for its answers. */
    private static Rate throughput(URI base, String token, List<String> paths, Duration time) throws Exception {
        long processor = processorNanos();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                Callable<Integer> reading = () -> {
                    int count = 0;
                    try (KeepAliveReader reader = new KeepAliveReader(base, token)) {
                        while (System.nanoTime() < end) {
                            reader.read(paths.get((first + count) % paths.size()));
                            count++;
                        }
                    }
                    return count;
                };
                counts.add(clients.submit(reading));
            }
            long total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            return new Rate(total * 1e9 / (System.nanoTime() - start), (processorNanos() - processor) / 1e6 / total);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read failed", e.getCause());
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
