package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.contracts.network.Change;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus network propose quorum} */
@Command(
        name = "quorum",
        description = "Propose how many nodes have to cosign a checkpoint, if more than two thirds of them and one.",
        footer = "salus network propose quorum 4 --keystore hospital/admin.p12 --password-file hospital/password")
final class ProposeQuorumCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NUMBER", description = "How many; where there are fewer nodes later on, all of them.")
    private int quorum;

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        return proposal.propose(output, new Change.SetQuorum(quorum));
    }
}
