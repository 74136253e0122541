package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.contracts.network.Change;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network propose restore} */
@Command(
        name = "restore",
        description = "Propose to let a suspended organization take part again.",
        footer = "salus network propose restore clinic --keystore hospital/admin.p12 --password-file hospital/password")
final class ProposeRestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the organization.")
    private @Nullable String organization;

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        String id = Objects.requireNonNull(organization); // picocli demands it
        return proposal.propose(output, new Change.RestoreOrganization(id));
    }
}
