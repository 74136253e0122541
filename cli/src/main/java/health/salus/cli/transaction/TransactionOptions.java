package health.salus.cli.transaction;

import health.salus.cli.client.NodeClient;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.MomentConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.contracts.rule.Action;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Signer;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mix-in of commands that sign a transaction: the node to submit it to, or to print it for another time and place. */
public final class TransactionOptions {
    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--network",
            paramLabel = "ID",
            description = "Id of the network to sign for; without it, the node is asked.")
    private @Nullable String network;

    @Option(
            names = "--expires",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            defaultValue = "PT10M",
            description = "When the transaction is void, at most a day ahead: PT10M, 2027-03-01T12:00:00Z. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Instant expires = Instant.EPOCH;

    @Option(
            names = "--print",
            description =
                    "Sign only, and print the transaction for 'salus tx submit'; with --network, no node is asked.")
    private boolean print;

    /**
     * Signs {@code action} and submits or prints it.
     *
     * @param done what it means if it was accepted, for people
     * @param details members to add to the JSON document
     * @return exit code
     */
    public int send(Output output, Action action, Signer signer, String done, JsonObject details) {
        return send(output, action, signer.kid(), signer.key(), done, details);
    }

    /** As {@link #send(Output, Action, Signer, String, JsonObject)}, under a key id of one's own. */
    public int send(Output output, Action action, Sha256 kid, P256PrivateKey key, String done, JsonObject details) {
        return send(output, action, kid, key, (client, id) -> new Consequence(done, details));
    }

    /**
     * What an accepted transaction means.
     *
     * @param done for people
     * @param details members to add to the JSON document
     */
    public record Consequence(String done, JsonObject details) {}

    /**
     * Signs {@code action} and submits or prints it.
     *
     * @param asked with the transaction's id if it was accepted: what that means, as the node says
     * @return exit code
     */
    public int send(Output output, Action action, Signer signer, BiFunction<NodeClient, Sha256, Consequence> asked) {
        return send(output, action, signer.kid(), signer.key(), asked);
    }

    private int send(
            Output output,
            Action action,
            Sha256 kid,
            P256PrivateKey key,
            BiFunction<NodeClient, Sha256, Consequence> asked) {
        NodeClient client = node.client();
        Transaction transaction = body(action, client).sign(kid, key);
        if (print) {
            output.show(
                    JsonObject.builder()
                            .put("id", transaction.id().base64Url())
                            .put("transaction", transaction.toString())
                            .build(),
                    transaction.toString());
            return ExitCode.OK.number();
        }
        Submission submission = client.submit(transaction);
        Consequence consequence = submission instanceof Submission.Committed committed && committed.isAccepted()
                ? asked.apply(client, transaction.id())
                : new Consequence("", JsonObject.builder().build());
        return new SubmissionReport(transaction.id(), consequence.done(), consequence.details())
                .show(output, submission)
                .number();
    }

    /** Whether the transaction is only printed. */
    public boolean printOnly() {
        return print;
    }

    /** The node. */
    public NodeOptions node() {
        return node;
    }

    private TransactionBody body(Action action, NodeClient client) {
        String id = network != null ? network : client.network().id();
        try {
            return TransactionBody.of(id, action.contract(), action.action(), action.arguments(), expires);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
