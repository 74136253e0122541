package health.salus.cli.demo;

import health.salus.cli.client.NodeClient;
import health.salus.contracts.rule.Action;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Signer;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.TransactionBody;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signs transactions, submits them over HTTP, to each node in turn where there are several, and tells what became of them.
 */
final class Transactions {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final List<URI> nodes;
    private final String network;
    private final Consumer<Exchange> listener;
    private final Consumer<Submission.Committed> after;
    private int turn;

    Transactions(URI node, String network, Consumer<Exchange> listener) {
        this(List.of(node), network, listener, committed -> {});
    }

    /** @param after waits for what has to follow before the next is done */
    Transactions(List<URI> nodes, String network, Consumer<Exchange> listener, Consumer<Submission.Committed> after) {
        this.nodes = List.copyOf(nodes);
        this.after = after;
        this.network = network;
        this.listener = listener;
    }

    /**
     * Sends one.
     *
     * @param who signs it, in words
     * @throws StepFailedException unless the network accepts it
     */
    Submission.Committed send(Action action, Signer signer, String who) {
        return send(action, signer.kid(), signer.key(), who);
    }

    /** As {@link #send(Action, Signer, String)}, under a key id of one's own. */
    Submission.Committed send(Action action, Sha256 kid, P256PrivateKey key, String who) {
        Instant expires = Instant.now().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
        TransactionBody body =
                TransactionBody.of(network, action.contract(), action.action(), action.arguments(), expires);
        URI node = nodes.get(turn++ % nodes.size());
        Submission submission = NodeClient.of(node, TIMEOUT).submit(body.sign(kid, key));
        String what = action.contract() + "." + action.action() + ", signed by the " + who;
        String target = (nodes.size() > 1 ? node : "") + "/ledger/transactions";
        if (submission instanceof Submission.Committed committed && committed.isAccepted()) {
            listener.accept(new Exchange("POST", target, "block " + committed.height() + ": " + what));
            after.accept(committed);
            return committed;
        }
        listener.accept(new Exchange("POST", target, "not accepted: " + what));
        throw new StepFailedException("the network answered " + submission);
    }
}
