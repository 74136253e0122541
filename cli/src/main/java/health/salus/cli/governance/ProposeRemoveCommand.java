package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.contracts.network.Change;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network propose remove} */
@Command(
        name = "remove",
        description = "Propose to end an organization's membership for ever; what it did stays on the ledger.",
        footer = "salus network propose remove clinic --keystore hospital/admin.p12 --password-file hospital/password")
final class ProposeRemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the organization; it has no vote on this.")
    private @Nullable String organization;

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        String id = Objects.requireNonNull(organization); // picocli demands it
        return proposal.propose(output, new Change.RemoveOrganization(id));
    }
}
