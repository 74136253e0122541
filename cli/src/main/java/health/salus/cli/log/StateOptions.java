package health.salus.cli.log;

import health.salus.cli.client.NodeClient;
import health.salus.cli.client.ProvenState;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.ledger.contract.StateView;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that read the world state after a node's last block, on the node's word or proven. */
public final class StateOptions {
    @Option(
            names = "--log-key",
            paramLabel = "KEY|FILE",
            description =
                    "Verification key of the ledger's log, name+id+key, or a file whose first line it is. With it, "
                            + "what is shown is proven; without it, the node is believed.")
    private @Nullable String logKey;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    /** Applies {@code reader} to the state after one block. */
    public <T> T read(Output output, Function<StateView, T> reader) throws IOException {
        NodeClient client = node.client();
        if (logKey != null) {
            return ProvenState.read(client, LogKey.read(logKey), reader::apply);
        }
        output.note("the node is believed; with --log-key, what is shown is proven");
        return reader.apply(client.state(client.network().height()));
    }
}
