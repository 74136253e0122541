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
        footer = {"salus demo --exit", "salus demo --organizations 4"})
public final class DemoCommand implements Callable<Integer> {
    private static final int FEWEST_NODES = 4;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "data/demo",
            description = "Where everything is kept; an earlier demo's is emptied first. Default: ${DEFAULT-VALUE}.")
    private Path path = Path.of("data/demo");

    @Option(names = "--exit", description = "End after the last step instead of leaving the node running.")
    private boolean exit;

    @Option(
            names = "--organizations",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "2: a hospital and a clinic in one node. 4 to 7: each has a node of its own, in a process of its"
                            + " own; one is killed and one lies on the way, and the nodes end with the demo."
                            + " Default: ${DEFAULT-VALUE}.")
    private int organizations = 2;

    @Mixin
    private final Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (organizations != 2 && (organizations < FEWEST_NODES || organizations > ConsortiumNetwork.MOST)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--organizations " + organizations + " (expected: 2, or " + FEWEST_NODES + " to "
                            + ConsortiumNetwork.MOST + ", of which one can be down and one can lie)");
        }
        List<Sample> samples = Sample.all();
        try (DemoDirectory directory = DemoDirectory.fresh(path)) {
            if (organizations > 2) {
                return severalNodes(directory);
            }
            DemoNetwork network = DemoNetwork.create(directory);
            Story story = new Story(this::tell, output.good("✓"), output.bad("✗"));
            story.begin("A hospital, a clinic and a patient: real keys, real HTTP, one node at " + network.address()
                    + ".\nEverything is kept in " + path + ".");
            try (RunningNode node = network.start()) {
                Stage stage = Stage.of(network, story, output);
                Optional<StepFailedException> failure = play(() -> Demo.play(stage, node, samples));
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

    private int severalNodes(DemoDirectory directory) throws IOException {
        ConsortiumNetwork network = ConsortiumNetwork.create(directory, organizations, "embedded");
        Story story = new Story(this::tell, output.good("✓"), output.bad("✗"));
        story.begin(
                "%d organizations that do not trust each other: real keys, real HTTP, %1$d processes.%nEverything is"
                                .formatted(organizations)
                        + " kept in " + path + ".");
        try (ConsortiumDemo demo = new ConsortiumDemo(network, story, output)) {
            Optional<StepFailedException> failure = play(() -> demo.play(GrantedReads.few()));
            String all = "%nAll %d steps held. Keys, policy, evidence, receipts and ledgers are in %s.%n"
                    .formatted(story.steps().size(), path);
            output.show(document(network.seen(), story, failure.isEmpty()), failure.isEmpty() ? all : "");
            if (failure.isPresent()) {
                throw new CommandException(
                        ExitCode.REFUSED, String.valueOf(failure.get().getMessage()), failure.get());
            }
        }
        return ExitCode.OK.number();
    }

    private static Optional<StepFailedException> play(Runnable demo) {
        try {
            demo.run();
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
