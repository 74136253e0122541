package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.contracts.network.NetworkAction.WithdrawProposal;
import health.salus.foundation.Sha256;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network withdraw} */
@Command(
        name = "withdraw",
        description = "Take back a proposal of one's own organization that is open.",
        footer = "salus network withdraw PROPOSAL --keystore hospital/admin.p12 --password-file hospital/password")
public final class WithdrawProposalCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PROPOSAL",
            converter = DigestConverter.class,
            description = "Id of the proposal, as 'salus network proposals' shows it.")
    private @Nullable Sha256 proposal;

    @Mixin
    private final BallotOptions ballot = new BallotOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Sha256 id = Objects.requireNonNull(proposal); // picocli demands it
        return ballot.send(output, new WithdrawProposal(id), Optional.of(id));
    }
}
