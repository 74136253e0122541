package health.salus.node.gateway;

import health.salus.node.SalusNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node in a process of its own, for what can't be done to the process that tests. */
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final URI readiness;
    private final Path log;

    private NodeProcess(Process process, URI readiness, Path log) {
        this.process = process;
        this.readiness = readiness;
        this.log = log;
    }

    /**
     * Starts a node; {@link #awaitReady} waits for it.
     *
     * @param log file that receives what it prints
     */
    static NodeProcess start(Path configuration, String address, Path log, String... settings) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SalusNode.class.getName(),
                configuration.toString()));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new NodeProcess(process, URI.create(address + "/node/health/readiness"), log);
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once, as a loss of power would, but for what the operating system still writes. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it as an operator does. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** Returns when it answers that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(readiness).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, request)) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    kill();
                    throw new AssertionError("node did not start: " + Files.readString(log));
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }
}
