package health.salus.cli.governance;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.ExecutedBlock;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.finality.WitnessSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus network policy} */
@Command(
        name = "policy",
        description =
                "Print whose signatures make a checkpoint believable (c2sp.org/tlog-policy): by the genesis, on nobody's"
                        + " word, or now, on the node's.",
        footer = "salus network policy --genesis genesis.json > network.policy")
public final class PolicyCommand implements Callable<Integer> {
    @Option(
            names = "--genesis",
            paramLabel = "FILE",
            description = "Genesis of the network; without it the node is asked for the policy now.")
    private @Nullable Path genesis;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        String policy = genesis == null ? node.client().policy() : founders(genesis);
        output.show(JsonObject.builder().put("policy", policy).build(), policy.stripTrailing());
        return ExitCode.OK.number();
    }

    /** The witnesses that come of executing the first block. */
    private static String founders(Path file) throws IOException {
        Genesis genesis = Genesis.of(JsonReader.object(Files.readAllBytes(file)));
        ExecutedBlock first = new BlockExecutor(genesis.network(), NetworkRules.rules()).genesis(genesis);
        return first.witnesses()
                .filter(witnesses -> !witnesses.isEmpty())
                .map((WitnessSet witnesses) -> witnesses.policyFile(genesis.origin()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, file + " names no node; the log's key is what is trusted (ledger.vkey)"));
    }
}
