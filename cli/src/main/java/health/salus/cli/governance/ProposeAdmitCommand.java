package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.cli.identity.OrganizationDescription;
import health.salus.contracts.network.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network propose admit} */
@Command(
        name = "admit",
        description = "Propose to take an organization in.",
        footer = "salus network propose admit clinic/organization.json --keystore hospital/admin.p12 --password-file "
                + "hospital/password")
final class ProposeAdmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "organization.json of the organization, made by 'salus org create'.")
    private @Nullable Path file;

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path description = Objects.requireNonNull(file); // picocli demands it
        return proposal.propose(output, new Change.AdmitOrganization(OrganizationDescription.read(description)));
    }
}
