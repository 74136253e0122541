package health.salus.cli.governance;

import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.console.Output;
import health.salus.cli.transaction.SigningOptions;
import health.salus.cli.transaction.TransactionOptions.Consequence;
import health.salus.contracts.network.Members;
import health.salus.contracts.rule.Action;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Mix-in of commands by which a voter's admin acts on a proposal: signs, submits, and tells where the proposal stands. */
final class BallotOptions {
    @Mixin
    private final SigningOptions signing = new SigningOptions();

    /**
     * Signs and submits {@code action}.
     *
     * @param proposal which it is about; empty: the one that it makes
     * @return exit code
     */
    int send(Output output, Action action, Optional<Sha256> proposal) {
        return signing.transaction()
                .send(
                        output,
                        action,
                        signing.key().credential(),
                        (client, transaction) -> consequence(client, proposal.orElse(transaction)));
    }

    private static Consequence consequence(NodeClient client, Sha256 proposal) {
        JsonObject unknown =
                JsonObject.builder().put("proposal", proposal.base64Url()).build();
        try {
            Members members = new Members(client.state());
            return members.proposal(proposal)
                    .map(found -> ProposalReport.of(found, members))
                    .map(report -> new Consequence(
                            "proposal " + proposal.base64Url() + "\n" + report.outcome(), report.json()))
                    .orElse(new Consequence("proposal " + proposal.base64Url(), unknown));
        } catch (NodeUnavailableException e) { // which must not hide that the transaction was accepted
            return new Consequence("proposal " + proposal.base64Url(), unknown);
        }
    }
}
