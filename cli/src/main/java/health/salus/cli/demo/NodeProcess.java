package health.salus.cli.demo;

import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node in a process of its own, started as {@code salus node} is. Not thread-safe. */
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int END_SECONDS = 30;

    private final Path configuration;
    private final URI address;
    private final Path log;
    private @Nullable Process process;

    /** @param log file for what the process prints */
    NodeProcess(Path configuration, URI address, Path log) {
        this.configuration = configuration;
        this.address = address;
        this.log = log;
    }

    /** Starts it, as this process was started. */
    void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Xmx768m", "-cp", System.getProperty("java.class.path"), "health.salus.cli.Salus"));
        command.addAll(List.of("node", "--config", configuration.toString()));
        File out = log.toFile();
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
                .start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy)); // whoever ends this process ends its nodes
    }

    /** Waits until its ledger's door answers. @throws StepFailedException if the process ends or takes too long */
    void awaitDoor() throws InterruptedException {
        NodeClient client = NodeClient.of(address, Duration.ofSeconds(2));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                client.network();
                return;
            } catch (NodeUnavailableException e) {
                StepFailedException.unless(
                        isRunning() && System.nanoTime() - end < 0, "the node did not start; see " + log);
                Thread.sleep(Duration.ofMillis(100));
            }
        }
    }

    boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Processor time that it has taken since it was started; zero where nobody knows. */
    Duration processorTime() {
        Process running = process;
        return running == null
                ? Duration.ZERO
                : running.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it as a power failure would: SIGKILL. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Ends it with SIGTERM, and waits. */
    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
