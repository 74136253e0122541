package health.salus.cli.access;

import health.salus.cli.client.NodeClient;
import health.salus.cli.client.ProvenState;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.LogKey;
import health.salus.cli.option.DigestConverter;
import health.salus.cli.option.HandleConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.contracts.access.AccessDecision;
import health.salus.contracts.access.AccessPolicy;
import health.salus.contracts.access.Question;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus decide} */
@Command(
        name = "decide",
        description = "Execute an access decision here, on the state of now or of any past block.",
        footer = "salus decide --grant HANDLE --terms terms.json --requester KEY-ID --height 42")
public final class DecideCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private @Nullable Ground ground;

    @Option(
            names = "--requester",
            required = true,
            converter = DigestConverter.class,
            paramLabel = "KEY-ID",
            description = "Key id of the certificate that reads, as 'salus identity list' prints it.")
    private @Nullable Sha256 requester;

    @Option(
            names = "--height",
            paramLabel = "NUMBER",
            description = "Decide as of the block at this height and its time. Default: as of now.")
    private @Nullable Long height;

    @Option(
            names = "--log-key",
            paramLabel = "KEY|FILE",
            description =
                    "Verification key of the ledger's log, name+id+key, or a file whose first line it is. With it, "
                            + "what the decision rests on is proven; without it, the node is believed.")
    private @Nullable String logKey;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    /** On which ground somebody wants to read. */
    static final class Ground {
        @ArgGroup(exclusive = false)
        private @Nullable UnderGrant grant;

        @Option(
                names = "--emergency",
                required = true,
                converter = HandleConverter.class,
                paramLabel = "HANDLE",
                description = "Id of an emergency access.")
        private @Nullable Handle emergency;
    }

    /** A grant and its terms. */
    static final class UnderGrant {
        @Option(
                names = "--grant",
                required = true,
                converter = HandleConverter.class,
                paramLabel = "HANDLE",
                description = "Id of a grant.")
        private @Nullable Handle id;

        @Option(names = "--terms", required = true, paramLabel = "FILE", description = "The grant's terms.")
        private @Nullable Path terms;
    }

    @Override
    public Integer call() throws IOException {
        Question question = question();
        NodeClient client = node.client();
        if (logKey != null) {
            if (height != null) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "a node proves the state after its last block only (expected: --height or --log-key, not both)");
            }
            return ProvenState.read(client, LogKey.read(logKey), state -> decide(state, question))
                    .show(output)
                    .number();
        }
        StateView state = height == null ? client.state() : client.state(height);
        Instant time = height == null ? Instant.now() : timeOf(client, height);
        AccessDecision decision = AccessPolicy.decide(state, time, question);
        output.note("the node is believed; with --log-key, what the decision rests on is proven");
        return new DecisionReport(decision, Optional.empty()).show(output).number();
    }

    private static DecisionReport decide(ProvenState state, Question question) {
        AccessDecision decision = AccessPolicy.decide(state, Instant.now(), question);
        return new DecisionReport(decision, Optional.of(state.header()));
    }

    private Question question() throws IOException {
        Ground given = Objects.requireNonNull(ground); // picocli demands what is not null here
        Sha256 kid = Objects.requireNonNull(requester);
        UnderGrant grant = given.grant;
        return grant == null
                ? new Question.InEmergency(Objects.requireNonNull(given.emergency), kid)
                : new Question.UnderGrant(
                        Objects.requireNonNull(grant.id), kid, TermsFile.read(Objects.requireNonNull(grant.terms)));
    }

    private static Instant timeOf(NodeClient client, long height) {
        return client.block(height)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "no block " + height + " (the last is "
                                + client.network().height() + ")"))
                .time();
    }
}
