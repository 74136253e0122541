package health.salus.bench;

import health.salus.cli.Salus;
import health.salus.cli.demo.EmptyNetwork;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long a node takes to start, as a process of its own: until its ledger can be used, and until its embedded FHIR server
 * can; with new databases, and once more with those.
 */
final class StartBench implements Measurement {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final double LEDGER_SECONDS = 5;
    private static final double FHIR_SECONDS = 30;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        EmptyNetwork network = EmptyNetwork.create(directory.resolve("node"));
        Started first = start(network, said);
        Started again = start(network, said);
        return List.of(
                row("node start, ledger usable, new", first.ledgerSeconds, LEDGER_SECONDS),
                row("node start, ledger usable", again.ledgerSeconds, LEDGER_SECONDS),
                row("node start, FHIR server included, new", first.fhirSeconds, FHIR_SECONDS),
                row("node start, FHIR server included", again.fhirSeconds, FHIR_SECONDS));
    }

    private static Row row(String name, double seconds, double limit) {
        return Row.atMost(
                name,
                seconds,
                limit,
                "s",
                name.endsWith("new")
                        ? "from the start of the process, with databases that are made meanwhile"
                        : "from the start of the process");
    }

    /** Seconds from the start of the process. */
    private record Started(double ledgerSeconds, double fhirSeconds) {}

    private static Started start(EmptyNetwork network, Consumer<String> said) throws Exception {
        long begun = System.nanoTime();
        Process node = new ProcessBuilder(command(network.configuration()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            awaitAnswer(http, network.address().resolve("/node/health/readiness"), node);
            awaitAnswer(http, network.address().resolve("/ledger/checkpoint"), node);
            double ledger = (System.nanoTime() - begun) / 1e9;
            awaitAnswer(http, URI.create(network.fhirBase() + "/metadata"), node);
            double fhir = (System.nanoTime() - begun) / 1e9;
            said.accept("ledger after %.1f s, FHIR server after %.1f s, %s s of processor time"
                    .formatted(
                            ledger,
                            fhir,
                            node.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds()));
            return new Started(ledger, fhir);
        } finally {
            node.destroy();
            node.waitFor();
        }
    }

    /** This very virtual machine with all its options, running a node. */
    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Salus.class.getName()));
        command.addAll(List.of("node", "--config", configuration.toString()));
        return command;
    }

    private static void awaitAnswer(HttpClient http, URI address, Process node)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(http, address)) {
            if (!node.isAlive()) {
                throw new IOException("the node ended with " + node.exitValue() + " before it was ready");
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("the node was not ready after " + PATIENCE);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean answers(HttpClient http, URI address) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) { // it doesn't listen yet
            return false;
        }
    }
}
