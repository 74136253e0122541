package health.salus.node.ledger;

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
import java.util.List;
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
    private final Ledger ledger;
    private final Submissions submissions;

    TransactionDoor(LedgerHost host, NodeSettings settings) {
        this.ledger = host.ledger();
        this.submissions = new Submissions(ledger, settings.ledger().answerWithin());
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
        Submissions.Until until = until(wait);
        byte[] jws = request.getInputStream().readNBytes(Transaction.MAX_BYTES + 1);
        return answer(submissions.submit(List.of(jws), until).getFirst());
    }

    /**
     * Submits many, see {@link Bundle}. The answer has a line for each, in the same order, and says of each what would be
     * said of it alone; so its status is 200 whatever became of them.
     *
     * @param wait as with one; all are waited for
     */
    @PostMapping(consumes = Bundle.TYPE)
    ResponseEntity<byte[]> submitAll(HttpServletRequest request, @RequestParam(defaultValue = "committed") String wait)
            throws IOException, InterruptedException {
        Submissions.Until until = until(wait);
        List<Submission> done = submissions.submit(Bundle.read(request.getInputStream()), until);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Bundle.TYPE))
                .body(submissions.lines(done));
    }

    private static Submissions.Until until(String wait) {
        return switch (wait) {
            case "committed" -> Submissions.Until.COMMITTED;
            case "final" -> Submissions.Until.FINAL;
            default -> throw Problem.of(400, "invalid-argument", "wait is committed or final");
        };
    }

    /** What became of a transaction. */
    @GetMapping("/{id}")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        Submission.Committed committed = ledger.transaction(id(id)).orElseThrow(TransactionDoor::notFound);
        return Answers.json(HttpStatus.OK, submissions.describe(committed));
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
                        .body(submissions.describe(committed).canonical());
            case Submission.Unknown unknown ->
                ResponseEntity.accepted()
                        .location(location(unknown.id()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(submissions.describe(unknown).canonical());
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
}
