package health.salus.node.proof;

import health.salus.contracts.records.AnchoredHead;
import health.salus.contracts.records.RecordsAction;
import health.salus.ledger.Submission;
import health.salus.ledger.contract.StateView;
import health.salus.node.access.GatewayTransactions;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.TreeHead;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the head of an organization's record log on the ledger whenever it has grown: from then on the organization can't
 * rewrite what was in it. Not thread-safe.
 */
final class Anchoring {
    private static final Logger LOGGER = LoggerFactory.getLogger(Anchoring.class);
    private static final int PATIENCE_SECONDS = 30;

    private final String organization;
    private final Records records;
    private final Supplier<StateView> state;
    private final GatewayTransactions transactions;
    private final Anchors anchors;

    Anchoring(
            String organization,
            Records records,
            Supplier<StateView> state,
            GatewayTransactions transactions,
            Anchors anchors) {
        this.organization = organization;
        this.records = records;
        this.state = state;
        this.transactions = transactions;
        this.anchors = anchors;
    }

    /** Anchors the head if it isn't anchored yet; what fails is tried again the next time. */
    void run() throws InterruptedException {
        TreeHead head = records.head();
        long anchored = new health.salus.contracts.records.Records(state.get())
                .anchored(organization)
                .map(AnchoredHead::head)
                .map(TreeHead::size)
                .orElse(0L);
        if (head.size() <= anchored) {
            return;
        }
        ConsistencyProof proof =
                anchored == 0 ? new ConsistencyProof(List.of()) : records.consistencyProof(anchored, head.size());
        Optional<Submission> submission = submit(new RecordsAction.Anchor(head, proof));
        switch (submission.orElse(null)) {
            case Submission.Committed committed
            when committed.isAccepted() -> anchors.add(new Anchors.Anchor(head.size(), committed.id()));
            case Submission.Committed committed ->
                warn(committed.rejection().map(Object::toString).orElse(""));
            case Submission.Refused refused -> warn(refused.reason().toString());
            case Submission.Unknown unknown -> warn("unknown outcome");
            case null -> warn("no answer");
        }
    }

    private Optional<Submission> submit(RecordsAction action) throws InterruptedException {
        try {
            return Optional.of(transactions.submit(action).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private void warn(String why) {
        LOGGER.atWarn()
                .addKeyValue("organization", organization)
                .addKeyValue("outcome", why)
                .log("head of the record log is not anchored yet");
    }
}
