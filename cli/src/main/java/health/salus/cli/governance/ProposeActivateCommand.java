package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.contracts.network.Change;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network propose activate} */
@Command(
        name = "activate",
        description = "Propose to put a version of a contract in force from a height on.",
        footer = "salus network propose activate access 3 100000 --keystore hospital/admin.p12 --password-file "
                + "hospital/password")
final class ProposeActivateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONTRACT", description = "Name of the contract.")
    private @Nullable String contract;

    @Parameters(index = "1", paramLabel = "VERSION", description = "Version, which every node must have by then.")
    private int version;

    @Parameters(index = "2", paramLabel = "HEIGHT", description = "First block whose transactions it executes.")
    private long height;

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        String name = Objects.requireNonNull(contract); // picocli demands it
        return proposal.propose(output, new Change.ActivateContract(name, version, height));
    }
}
