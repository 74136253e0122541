package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Node;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.Genesis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus network invite} */
@Command(
        name = "invite",
        description =
                "Write the genesis and the addresses of the nodes into a file for an organization that shall join.",
        footer = "salus network invite --genesis hospital/genesis.json --to invitation.json")
final class NetworkInviteCommand implements Callable<Integer> {
    @Option(names = "--genesis", required = true, paramLabel = "FILE", description = "Genesis of the network.")
    private @Nullable Path genesis;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "File to write.")
    private @Nullable Path file;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Genesis begun = Genesis.of(JsonReader.object(Files.readAllBytes(Objects.requireNonNull(genesis))));
        String asked = node.client().network().id();
        if (!asked.equals(begun.network())) {
            throw new CommandException(
                    ExitCode.USAGE, "the genesis is that of " + begun.network() + ", the node of " + asked);
        }
        List<URI> nodes = new Members(node.client().state())
                .nodes().values().stream().map(Node::address).map(URI::create).toList();
        Path target = Objects.requireNonNull(file); // picocli demands all that is required
        new Invitation(begun, nodes).write(target);
        output.show(
                JsonObject.builder()
                        .put("network", begun.network())
                        .put("nodes", nodes.size())
                        .build(),
                "invitation to " + begun.network() + " with " + nodes.size() + " nodes in " + target
                        + "\nThe one invited compares the network's id with you, then runs 'salus network join'.");
        return ExitCode.OK.number();
    }
}
