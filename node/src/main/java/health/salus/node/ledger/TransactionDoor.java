package health.salus.node.ledger;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.node.config.NodeSettings;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes transactions in and tells what became of them. */
@RestController
@RequestMapping("/ledger/transactions")
class TransactionDoor {
    private static final Logger LOGGER = LoggerFactory.getLogger(TransactionDoor.class);

    private final Ledger ledger;
    private final NodeSettings.LedgerSettings settings;

    TransactionDoor(LedgerHost host, NodeSettings settings) {
        this.ledger = host.ledger();
        this.settings = settings.ledger();
    }

    /**
     * Submits a compact JWS. A client that waits in vain is told that the outcome is unknown, never that it failed.
     *
     * @param wait {@code committed}: until it is in this node's log; {@code final}: until it is final, or it has been
     *     waited for as long as for anything; the answer says which it is
     */
    @PostMapping(consumes = "application/jose")
    ResponseEntity<byte[]> submit(HttpServletRequest request, @RequestParam(defaultValue = "committed") String wait)
            throws IOException, InterruptedException {
        if (!wait.equals("committed") && !wait.equals("final")) {
            throw Problem.of(400, "invalid-argument", "wait is committed or final");
        }
        byte[] jws = request.getInputStream().readNBytes(Transaction.MAX_BYTES + 1);
        long deadline = System.nanoTime() + settings.answerWithin().toNanos();
        try {
            Submission submission = ledger.submit(jws).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (wait.equals("final") && submission instanceof Submission.Committed committed) {
                awaitFinal(committed.height(), deadline);
            }
            return answer(submission);
        } catch (TimeoutException e) {
            return answer(new Submission.Unknown(Transaction.parse(jws).id()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("submission failed", e.getCause());
        }
    }

    private void awaitFinal(long height, long deadline) throws InterruptedException, ExecutionException {
        try {
            ledger.finality().whenFinal(height).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            LOGGER.atDebug().addKeyValue("height", height).log("not final in time");
        }
    }

    /** What became of a transaction. */
    @GetMapping("/{id}")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        Submission.Committed committed = ledger.transaction(id(id)).orElseThrow(TransactionDoor::notFound);
        return Answers.json(HttpStatus.OK, describe(committed));
    }

    /** The proof of that, as a file that is checked offline. */
    @GetMapping(path = "/{id}/receipt", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> receipt(@PathVariable String id) {
        Receipt receipt = ledger.receipt(id(id)).orElseThrow(TransactionDoor::notFound);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(receipt.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static Problem notFound() {
        return Problem.of(404, "not-found", "no such transaction in the log");
    }

    private static Sha256 id(String text) {
        try {
            return Sha256.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "invalid-argument", "a transaction id has 43 base64url characters");
        }
    }

    private ResponseEntity<byte[]> answer(Submission submission) {
        return switch (submission) {
            case Submission.Committed committed ->
                ResponseEntity.status(committed.isAccepted() ? HttpStatus.CREATED : HttpStatus.UNPROCESSABLE_ENTITY)
                        .location(location(committed.id()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(describe(committed).canonical());
            case Submission.Unknown(Sha256 id) ->
                ResponseEntity.accepted()
                        .location(location(id))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(JsonObject.builder()
                                .put("id", id.base64Url())
                                .put("outcome", "unknown")
                                .build()
                                .canonical());
            case Submission.Refused refused -> throw problem(refused);
        };
    }

    private static Problem problem(Submission.Refused refused) {
        Problem problem = Problem.of(
                status(refused.reason()),
                refused.reason().code(),
                "the transaction was not taken in; nothing of it is in the log");
        return refused.retryAfter().map(problem::retryAfter).orElse(problem);
    }

    private static int status(Refusal reason) {
        return switch (reason) {
            case TOO_LARGE -> 413;
            case UNKNOWN_KEY, BAD_SIGNATURE -> 401;
            case BUSY -> 429;
            case NO_QUORUM, STORAGE, STOPPED -> 503;
            case MALFORMED, NOT_CANONICAL, WRONG_NETWORK, EXPIRED, EXPIRES_TOO_LATE, UNKNOWN_CONTRACT, UNKNOWN_ACTION ->
                400;
        };
    }

    private static URI location(Sha256 id) {
        return URI.create("/ledger/transactions/" + id.base64Url());
    }

    private JsonObject describe(Submission.Committed committed) {
        Json.Builder json = JsonObject.builder()
                .put(
                        "final",
                        new JsonBoolean(committed.height() <= ledger.finality().finalHeight()))
                .put("id", committed.id().base64Url())
                .put("outcome", committed.isAccepted() ? "accepted" : "rejected")
                .put("height", committed.height())
                .put("index", committed.index());
        committed.rejection().ifPresent(code -> json.put("rejection", code.value()));
        return json.build();
    }
}
