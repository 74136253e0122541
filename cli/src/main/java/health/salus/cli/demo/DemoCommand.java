package health.salus.cli.demo;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.node.RunningNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code salus demo} */
@Command(
        name = "demo",
        description = "Start a node for a hospital and a clinic, exchange records through it, and check everything.",
        footer = "salus demo --exit")
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "data/demo",
            description = "Where everything is kept; an earlier demo's is emptied first. Default: ${DEFAULT-VALUE}.")
    private Path path = Path.of("data/demo");

    @Option(names = "--exit", description = "End after the last step instead of leaving the node running.")
    private boolean exit;

    @Mixin
    private final Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Sample> samples = Sample.all();
        try (DemoDirectory directory = DemoDirectory.fresh(path)) {
            DemoNetwork network = DemoNetwork.create(directory);
            Story story = new Story(this::tell, output.good("✓"), output.bad("✗"));
            story.begin("A hospital, a clinic and a patient: real keys, real HTTP, one node at " + network.address()
                    + ".\nEverything is kept in " + path + ".");
            try (RunningNode node = network.start()) {
                Optional<StepFailedException> failure = play(Stage.of(network, node, story, output), samples);
                output.show(document(network, story, failure.isEmpty()), farewell(network, story, failure.isEmpty()));
                if (failure.isPresent()) {
                    throw new CommandException(
                            ExitCode.REFUSED, String.valueOf(failure.get().getMessage()), failure.get());
                }
                if (!exit) {
                    new CountDownLatch(1).await(); // Ctrl-C ends the process, and with it the node
                }
            }
        }
        return ExitCode.OK.number();
    }

    private static Optional<StepFailedException> play(Stage stage, List<Sample> samples) {
        try {
            Demo.play(stage, samples);
            return Optional.empty();
        } catch (StepFailedException e) {
            return Optional.of(e);
        }
    }

    private void tell(String line) {
        if (!output.json()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }
    }

    private static JsonObject document(DemoNetwork network, Story story, boolean held) {
        return JsonObject.builder()
                .put("directory", network.directory().path().toString())
                .put("held", held)
                .put("node", network.address().toString())
                .put(
                        "steps",
                        new JsonArray(
                                story.steps().stream().<Json>map(Step::toJson).toList()))
                .build();
    }

    private String farewell(DemoNetwork network, Story story, boolean held) {
        if (!held) {
            return "";
        }
        String all = "\nAll %d steps held. Keys, receipts and the ledger are in %s.\n"
                .formatted(story.steps().size(), path);
        return exit ? all : all + TryByHand.of(network, path);
    }
}
