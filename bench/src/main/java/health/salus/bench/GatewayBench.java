package health.salus.bench;

import health.salus.cli.console.Output;
import health.salus.cli.demo.GrantedReads;
import health.salus.node.backend.FhirBackend;
import java.io.IOException;
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
    private static final int SINGLE_READS = 1_000;
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
            WarmUp.run(said, () -> {
                throughput("directly", direct.base(), "", granted.paths(), line -> {});
                throughput("through", granted.fhirBase(), granted.token(), granted.paths(), line -> {});
            });
            return List.of(saturated(granted, direct, said), single(granted, direct, said));
        }
    }

    private static FhirBackend fhir(GrantedReads granted) {
        return granted.node()
                .organizations()
                .find("hospital")
                .flatMap(hospital -> hospital.custody())
                .orElseThrow()
                .fhir();
    }

    private static Row saturated(GrantedReads granted, DirectDoor direct, Consumer<String> said) throws Exception {
        Rounds median = Rounds.median(
                said,
                () -> throughput("directly", direct.base(), "", granted.paths(), said),
                () -> throughput("through", granted.fhirBase(), granted.token(), granted.paths(), said));
        return Row.atLeast(
                "FHIR reads through the gateway, " + CLIENTS + " clients",
                median.rate(),
                median.limit(),
                "reads/s",
                0.6,
                "GET of one Observation by id; grant decided, seal checked and audit forced to the disk for each; limit:"
                        + " the same server read directly over HTTP");
    }

    private static Row single(GrantedReads granted, DirectDoor direct, Consumer<String> said) throws IOException {
        Samples directly = new Samples();
        Samples through = new Samples();
        try (KeepAliveConnection one = new KeepAliveConnection(direct.base(), "");
                KeepAliveConnection other = new KeepAliveConnection(granted.fhirBase(), granted.token())) {
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

    private static long time(KeepAliveConnection reader, String path) throws IOException {
        long start = System.nanoTime();
        reader.read(path);
        return System.nanoTime() - start;
    }

    /** Reads per second by {@link #CLIENTS} clients, each of which waits for its answers. */
    private static double throughput(String way, URI base, String token, List<String> paths, Consumer<String> said)
            throws Exception {
        long processor = processorNanos();
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                Callable<Integer> reading = () -> {
                    int count = 0;
                    try (KeepAliveConnection reader = new KeepAliveConnection(base, token)) {
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
            double seconds = (System.nanoTime() - start) / 1e9;
            said.accept("%s: processor time of this process, clients included: %.2f ms a read"
                    .formatted(way, (processorNanos() - processor) / 1e6 / total));
            return total / seconds;
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
