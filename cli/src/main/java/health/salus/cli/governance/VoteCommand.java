package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.cli.option.DigestConverter;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.contracts.network.Vote;
import health.salus.foundation.Sha256;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus network vote} */
@Command(
        name = "vote",
        description = "Vote on a proposal, once for each organization, as an admin of a voter.",
        footer = "salus network vote PROPOSAL --approve --keystore clinic/admin.p12 --password-file clinic/password")
public final class VoteCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PROPOSAL",
            converter = DigestConverter.class,
            description = "Id of the proposal, as 'salus network proposals' shows it.")
    private @Nullable Sha256 proposal;

    @ArgGroup(multiplicity = "1")
    private @Nullable Choice choice;

    @Mixin
    private final BallotOptions ballot = new BallotOptions();

    @Mixin
    private final Output output = new Output();

    /** One of two. */
    static final class Choice {
        @Option(names = "--approve", required = true, description = "Vote for it.")
        private boolean approve;

        @Option(names = "--reject", required = true, description = "Vote against it.")
        private boolean reject;
    }

    @Override
    public Integer call() {
        Sha256 id = Objects.requireNonNull(proposal); // picocli demands both
        Choice given = Objects.requireNonNull(choice);
        Vote vote = given.approve && !given.reject ? Vote.APPROVE : Vote.REJECT;
        return ballot.send(output, new CastVote(id, vote), Optional.of(id));
    }
}
