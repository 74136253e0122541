package health.salus.cli.node;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json.JsonObject;
import health.salus.node.RunningNode;
import health.salus.node.SalusNode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus node} */
@Command(
        name = "node",
        description = "Run a node until it is told to stop (SIGTERM or Ctrl-C); it finishes what it was asked before.",
        footer = "salus node --config hospital/salus.yaml")
public final class NodeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration in YAML; 'salus network init' writes one to begin with.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "A setting over the file's, such as salus.listen.port=8481. Repeatable.")
    private List<String> settings = List.of();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Path file = Objects.requireNonNull(config); // picocli demands it
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (RunningNode node = start(file)) {
            String address = node.localAddress().toString();
            output.show(
                    JsonObject.builder()
                            .put("node", address)
                            .put("network", node.ledger().ledger().network())
                            .put("key", node.ledger().verifierKey())
                            .build(),
                    "node of network " + node.ledger().ledger().network() + " listens at " + address);
            new CountDownLatch(1).await(); // a signal ends the process, and Spring's shutdown hook the node
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK.number();
    }

    private RunningNode start(Path file) throws Exception {
        try {
            return SalusNode.start(
                    file, settings.stream().map(setting -> "--" + setting).toList());
        } catch (RuntimeException e) {
            throw cause(e);
        }
    }

    /** What a user can act upon, from beneath what Spring wraps around it. */
    private static Exception cause(RuntimeException failure) {
        @Nullable Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IllegalArgumentException wrong
                ? new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()), failure)
                : cause instanceof Exception root ? root : failure;
    }
}
