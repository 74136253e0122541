package health.salus.cli.client;

import health.salus.cli.client.HttpDoor.NotSentException;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.ledger.Submission.Refused;
import health.salus.ledger.Submission.Unknown;
import health.salus.ledger.transaction.Transaction;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Submits many transactions, as many in a request as a node takes, and those again that it may take later or has not told
 * of: for each the rules of {@link TransactionDoor} hold. Not thread-safe.
 */
final class BundleDoor {
    /** Most transactions in a request. */
    static final int MAX_TRANSACTIONS = 256;
    /** Most bytes of a request. */
    static final int MAX_BYTES = 1 << 20;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int LINE_BYTES = 3; // quotation marks and the end of a line
    private static final int ANSWERED = 200;

    private final HttpDoor door;
    private final List<Transaction> transactions;
    private final Deadline deadline;
    private final Map<Sha256, Submission> answers = new HashMap<>();
    /** Ids in requests that may have arrived and to which no answer came. */
    private final Set<Sha256> unanswered = new HashSet<>();

    BundleDoor(HttpDoor door, List<Transaction> transactions, Duration timeout) {
        this.door = door;
        this.transactions = transactions;
        this.deadline = new Deadline(timeout);
    }

    /**
     * Submits them until nothing is open or the time is over.
     *
     * @return what became of each, in order
     * @throws NodeUnavailableException if no request can have arrived before the time-out
     */
    List<Submission> submit() {
        Optional<NotSentException> notSent = Optional.empty();
        List<Transaction> open = transactions;
        do {
            for (List<Transaction> bundle : bundles(open)) {
                Optional<NotSentException> failure = attempt(bundle);
                notSent = failure.isPresent() ? failure : notSent;
            }
            open = open.stream().filter(this::isOpen).toList();
        } while (!open.isEmpty() && deadline.pause(PAUSE));
        if (answers.isEmpty() && unanswered.isEmpty() && notSent.isPresent()) {
            throw new NodeUnavailableException(String.valueOf(notSent.get().getMessage()), notSent.get());
        }
        return transactions.stream().map(this::outcome).toList();
    }

    private static List<List<Transaction>> bundles(List<Transaction> transactions) {
        List<List<Transaction>> bundles = new ArrayList<>();
        List<Transaction> bundle = new ArrayList<>();
        int bytes = 0;
        for (Transaction transaction : transactions) {
            int more = transaction.jws().length + LINE_BYTES;
            if (bundle.size() == MAX_TRANSACTIONS || bytes + more > MAX_BYTES) {
                bundles.add(bundle);
                bundle = new ArrayList<>();
                bytes = 0;
            }
            bundle.add(transaction);
            bytes += more;
        }
        bundles.add(bundle);
        return bundles;
    }

    /** @return why the request cannot have arrived, if so */
    private Optional<NotSentException> attempt(List<Transaction> bundle) {
        try {
            HttpResponse<byte[]> response = door.send(door.request("ledger/transactions?wait=final", deadline.left())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofByteArray(lines(bundle)))
                    .build());
            if (response.statusCode() == ANSWERED) {
                record(bundle, response);
            } else {
                Refused refused = Answers.refused(response);
                bundle.forEach(transaction -> answers.put(transaction.id(), refused));
            }
            return Optional.empty();
        } catch (NotSentException e) {
            return Optional.of(e);
        } catch (IOException e) {
            bundle.forEach(transaction -> unanswered.add(transaction.id()));
            return Optional.empty();
        }
    }

    private static byte[] lines(List<Transaction> bundle) {
        return bundle.stream()
                .map(transaction -> "\"" + transaction + "\"\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void record(List<Transaction> bundle, HttpResponse<byte[]> response) {
        List<String> lines =
                new String(response.body(), StandardCharsets.UTF_8).lines().toList();
        if (lines.size() != bundle.size()) {
            throw Answers.strange(response);
        }
        for (int i = 0; i < lines.size(); i++) {
            Sha256 id = bundle.get(i).id();
            switch (Answers.submission(id, lines.get(i), response)) {
                case Unknown unknown -> unanswered.add(id);
                case Submission known -> answers.put(id, known);
            }
        }
    }

    private boolean isOpen(Transaction transaction) {
        Submission answer = answers.get(transaction.id());
        return answer == null || mayChange(answer);
    }

    private static boolean mayChange(Submission answer) {
        return answer instanceof Refused refused && refused.reason().retrySafe();
    }

    private Submission outcome(Transaction transaction) {
        Submission answer = answers.get(transaction.id());
        if (answer == null || (mayChange(answer) && unanswered.contains(transaction.id()))) {
            return new Unknown(transaction.id());
        }
        return answer;
    }
}
