package health.salus.cli.governance;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.MomentConverter;
import health.salus.contracts.network.Change;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.ledger.contract.InvalidArgumentException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that put a change to the vote. */
public final class ProposalOptions {
    @Option(
            names = "--until",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            defaultValue = "P30D",
            description = "Until when it can be voted on, at most 90 days ahead: P30D, 2027-03-01. Default: "
                    + "${DEFAULT-VALUE}.")
    private Instant until = Instant.EPOCH;

    @Mixin
    private final BallotOptions ballot = new BallotOptions();

    /** Proposes {@code change}. @return exit code */
    public int propose(Output output, Change change) {
        return ballot.send(output, new Propose(checked(change), until), Optional.empty());
    }

    /** The change if the ledger can read it. */
    private static Change checked(Change change) {
        try {
            return Change.ofJson(change.json());
        } catch (InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
