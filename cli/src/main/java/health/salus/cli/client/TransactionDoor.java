package health.salus.cli.client;

import health.salus.cli.client.HttpDoor.NotSentException;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.Submission.Unknown;
import health.salus.ledger.transaction.Transaction;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Submits one transaction, again and again while the node is busy or does not answer. The ledger executes it once at
 * most, so this is safe; what must not happen is that silence is taken for a refusal. Waits until the transaction is final,
 * as long as the node does. Not thread-safe.
 */
final class TransactionDoor {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ACCEPTED_BY_CONTRACT = 201;
    private static final int UNKNOWN_YET = 202;
    private static final int REJECTED_BY_CONTRACT = 422;

    private final HttpDoor door;
    private final Transaction transaction;
    private final Deadline deadline;
    /** Whether a request may have arrived to which no answer came. */
    private boolean unanswered;

    TransactionDoor(HttpDoor door, Transaction transaction, Duration timeout) {
        this.door = door;
        this.transaction = transaction;
        this.deadline = new Deadline(timeout);
    }

    /** @throws NodeUnavailableException if no request can have arrived before the time-out */
    Submission submit() {
        while (true) {
            try {
                Submission answer = attempt();
                if (!(answer instanceof Refused refused) || !refused.reason().retrySafe()) {
                    return answer;
                }
                if (!deadline.pause(refused.retryAfter().orElse(PAUSE))) {
                    return unanswered ? new Unknown(transaction.id()) : refused;
                }
            } catch (NotSentException e) {
                if (!deadline.pause(PAUSE)) {
                    return unknownOr(e);
                }
            } catch (IOException e) {
                unanswered = true;
                if (!deadline.pause(PAUSE)) {
                    return new Unknown(transaction.id());
                }
            }
        }
    }

    private Submission attempt() throws IOException {
        HttpResponse<byte[]> response = door.send(door.request("ledger/transactions?wait=final", deadline.left())
                .header("Content-Type", "application/jose")
                .POST(BodyPublishers.ofByteArray(transaction.jws()))
                .build());
        return switch (response.statusCode()) {
            case ACCEPTED_BY_CONTRACT, REJECTED_BY_CONTRACT -> Answers.committed(transaction.id(), response);
            case UNKNOWN_YET -> throw new IOException("the node does not know the outcome yet");
            default -> Answers.refused(response);
        };
    }

    private Unknown unknownOr(NotSentException failure) {
        if (unanswered) {
            return new Unknown(transaction.id());
        }
        throw new NodeUnavailableException(String.valueOf(failure.getMessage()), failure);
    }
}
