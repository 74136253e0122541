package health.salus.node.ledger;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits what comes by the doors, waits until it is known what became of it, and says so in JSON. Thread-safe. */
final class Submissions {
    private static final Logger LOGGER = LoggerFactory.getLogger(Submissions.class);

    private final Ledger ledger;
    private final Duration patience;

    /** @param patience how long to wait before the outcome is unknown, for all transactions of a request together */
    Submissions(Ledger ledger, Duration patience) {
        this.ledger = ledger;
        this.patience = patience;
    }

    /** What to wait for. */
    enum Until {
        /** It is in this node's log. */
        COMMITTED,
        /** It is final, or the patience is at an end. */
        FINAL
    }

    /** Submits all at once. @return what became of each, in the same order */
    List<Submission> submit(List<byte[]> transactions, Until until) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<CompletableFuture<Submission>> answers =
                transactions.stream().map(ledger::submit).toList();
        List<Submission> submissions = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            submissions.add(await(answers.get(i), transactions.get(i), deadline));
        }
        if (until == Until.FINAL) {
            awaitFinal(submissions, deadline);
        }
        return submissions;
    }

    private static Submission await(CompletableFuture<Submission> answer, byte[] jws, long deadline)
            throws InterruptedException {
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unknown(jws);
        } catch (ExecutionException e) {
            throw new IllegalStateException("submission failed", e.getCause());
        }
    }

    private static Submission unknown(byte[] jws) {
        try {
            return new Submission.Unknown(Transaction.parse(jws).id());
        } catch (TransactionException e) { // nobody has come to look at it yet, and it will be refused
            return new Submission.Refused(e.refusal(), Optional.empty());
        }
    }

    /** The last block is final only after all before it. */
    private void awaitFinal(List<Submission> submissions, long deadline) throws InterruptedException {
        OptionalLong last = submissions.stream()
                .filter(Submission.Committed.class::isInstance)
                .mapToLong(submission -> ((Submission.Committed) submission).height())
                .max();
        if (last.isEmpty()) {
            return;
        }
        try {
            ledger.finality().whenFinal(last.getAsLong()).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            LOGGER.atDebug().addKeyValue("height", last.getAsLong()).log("not final in time");
        } catch (ExecutionException e) {
            throw new IllegalStateException("finality failed", e.getCause());
        }
    }

    /** A line for each: an object in canonical JSON. */
    byte[] lines(List<Submission> submissions) {
        long finalHeight = ledger.finality().finalHeight();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Submission submission : submissions) {
            lines.writeBytes(describe(submission, finalHeight).canonical());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** What became of one. */
    JsonObject describe(Submission submission) {
        return describe(submission, ledger.finality().finalHeight());
    }

    private static JsonObject describe(Submission submission, long finalHeight) {
        return switch (submission) {
            case Submission.Committed committed -> {
                Json.Builder json = JsonObject.builder()
                        .put("final", new JsonBoolean(committed.height() <= finalHeight))
                        .put("id", committed.id().base64Url())
                        .put("outcome", committed.isAccepted() ? "accepted" : "rejected")
                        .put("height", committed.height())
                        .put("index", committed.index());
                committed.rejection().ifPresent(code -> json.put("rejection", code.value()));
                yield json.build();
            }
            case Submission.Unknown unknown ->
                JsonObject.builder()
                        .put("id", unknown.id().base64Url())
                        .put("outcome", "unknown")
                        .build();
            case Submission.Refused refused -> {
                Json.Builder json = JsonObject.builder()
                        .put("outcome", "refused")
                        .put("code", refused.reason().code());
                refused.retryAfter().ifPresent(pause -> json.put("retry-after", pause.toSeconds()));
                yield json.build();
            }
        };
    }
}
