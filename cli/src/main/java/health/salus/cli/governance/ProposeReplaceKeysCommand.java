package health.salus.cli.governance;

import health.salus.cli.console.Output;
import health.salus.cli.option.PublicKeyConverter;
import health.salus.contracts.network.Change;
import health.salus.identity.P256PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus network propose replace-keys} */
@Command(
        name = "replace-keys",
        description = "Propose other CA keys for an organization, for example after one was stolen.",
        footer = "salus network propose replace-keys clinic --authority KEY --keystore hospital/admin.p12 "
                + "--password-file hospital/password")
final class ProposeReplaceKeysCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the organization; it has no vote on this.")
    private @Nullable String organization;

    @Option(
            names = "--authority",
            required = true,
            converter = PublicKeyConverter.class,
            paramLabel = "KEY",
            description = "Public key of an enrollment CA that the organization shall have, as 'authority' in "
                    + "organization.json; all others are revoked. Repeatable.")
    private List<P256PublicKey> authorities = List.of();

    @Mixin
    private final ProposalOptions proposal = new ProposalOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        String id = Objects.requireNonNull(organization); // picocli demands it
        return proposal.propose(output, new Change.ReplaceAuthorities(id, authorities));
    }
}
