package health.salus.ledger;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockExecutor;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import health.salus.tlog.LogStorageException;
import health.salus.tlog.note.SignedNote;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a transaction from its submission to its answer: several threads check at the door, one proposes whatever is
 * waiting (see {@link Gathering}), one gives the answers. The number of transactions on this way is bounded.
 */
final class Intake implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Intake.class);

    private record Waiting(Candidate.Parsed candidate, CompletableFuture<Submission> answer) {}

    private final Chain chain;
    private final Door door;
    private final Ordering ordering;
    private final LedgerOptions options;
    private final Supplier<List<SignedNote>> clocks;
    private final LongFunction<CompletableFuture<Void>> whenFinal;
    private final CommitStep.Watcher watcher;
    private final Semaphore places;
    private final ExecutorService verifiers;
    private final ExecutorService replies;
    private final Gathering admitted; // bounded by places
    private final Map<Sha256, Waiting> waiting = new ConcurrentHashMap<>();
    private final Thread sequencer;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    /**
     * @param clocks for a {@link Proposal}
     * @param whenFinal completes when the block at that height is
     */
    Intake(
            Chain chain,
            Door door,
            Ordering ordering,
            Supplier<List<SignedNote>> clocks,
            LongFunction<CompletableFuture<Void>> whenFinal,
            LedgerOptions options,
            CommitStep.Watcher watcher) {
        this.clocks = clocks;
        this.whenFinal = whenFinal;
        this.admitted = new Gathering(options);
        this.watcher = watcher;
        this.chain = chain;
        this.door = door;
        this.ordering = ordering;
        this.options = options;
        this.places = new Semaphore(options.maxInFlight());
        this.verifiers = Executors.newFixedThreadPool(
                options.verifiers(),
                Thread.ofPlatform().daemon().name("ledger-door-", 0).factory());
        this.replies = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("ledger-replies").factory());
        this.sequencer = Thread.ofPlatform().daemon().name("ledger-sequencer").start(this::sequence);
    }

    /** What stopped this intake for good, if anything did. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    CompletableFuture<Submission> submit(byte[] jws) {
        if (closing || failure != null) {
            return refused(Refusal.STOPPED);
        }
        if (!places.tryAcquire()) {
            return refused(Refusal.BUSY);
        }
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        admitted.checking();
        try {
            verifiers.execute(() -> admit(jws, answer));
        } catch (RejectedExecutionException e) {
            admitted.checked();
            places.release();
            return refused(Refusal.STOPPED);
        }
        return answer;
    }

    private static CompletableFuture<Submission> refused(Refusal reason) {
        return CompletableFuture.completedFuture(Submission.Refused.of(reason));
    }

    private void admit(byte[] jws, CompletableFuture<Submission> answer) {
        try {
            Transaction transaction = Door.read(jws);
            BlockHeader last = chain.last();
            switch (door.check(transaction, chain.state().latest(), last.height() + 1, now(last))) {
                case Door.Answer.Refused(Refusal reason) ->
                    reply(
                            answer,
                            find(transaction.id()) // submitted again later, when it is no longer fit
                                    .<Submission>map(Function.identity())
                                    .orElseGet(() -> Submission.Refused.of(reason)));
                case Door.Answer.Admitted(Candidate.Parsed candidate) -> enqueue(candidate, answer);
            }
        } catch (TransactionException e) {
            reply(answer, Submission.Refused.of(e.refusal()));
        } catch (RuntimeException | Error e) { // a damaged or unreadable store
            LOGGER.atError().setCause(e).log("transaction not checked");
            reply(answer, Submission.Refused.of(Refusal.STORAGE));
        } finally {
            admitted.checked();
        }
    }

    private void enqueue(Candidate.Parsed candidate, CompletableFuture<Submission> answer) {
        Sha256 id = candidate.transaction().id();
        Waiting before = waiting.putIfAbsent(id, new Waiting(candidate, answer));
        if (before != null) { // submitted twice: one answer for both
            var _ = before.answer().thenAccept(submission -> reply(answer, submission));
            return;
        }
        if (failure != null) {
            waiting.remove(id);
            reply(answer, Submission.Refused.of(Refusal.STOPPED));
        } else {
            admitted.add(candidate);
        }
    }

    /** What became of a transaction that is in the log. */
    Optional<Submission.Committed> find(Sha256 id) {
        return chain.state().transaction(id).map(place -> {
            Optional<RejectionCode> rejection = chain.header(place.height()).rejection(place.index());
            return new Submission.Committed(id, place.height(), place.index(), rejection);
        });
    }

    private void reply(CompletableFuture<Submission> answer, Submission submission) {
        places.release();
        answer.complete(submission);
    }

    private void sequence() {
        try {
            for (Optional<List<Candidate>> batch = admitted.next(); batch.isPresent(); batch = admitted.next()) {
                propose(batch.get());
            }
        } catch (InterruptedException e) {
            LOGGER.atDebug().log("sequencer interrupted");
        }
    }

    private void propose(List<Candidate> batch) {
        if (failure != null) {
            answerAll(batch, id -> Submission.Refused.of(Refusal.STOPPED));
            return;
        }
        try {
            List<Candidate> fresh = fresh(batch);
            if (!fresh.isEmpty()) {
                List<SignedNote> shown = clocks.get();
                admitted.departs(fresh.getFirst());
                ordering.propose(new Proposal(now(chain.last()), shown, fresh));
            }
        } catch (OrderingUnavailableException e) {
            LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("block not ordered");
            answerAll(batch, id -> Submission.Refused.of(Refusal.NO_QUORUM));
        } catch (LogStorageException e) {
            if (e.outcome() == LogStorageException.Outcome.NOTHING_DONE) {
                LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("block not stored");
                answerAll(batch, id -> Submission.Refused.of(Refusal.STORAGE));
            } else {
                fail(e, batch);
            }
        } catch (RuntimeException e) {
            fail(e, batch);
        }
    }

    /** Those that aren't in the log; the others get the answers that they got before. */
    private List<Candidate> fresh(List<Candidate> batch) {
        List<Sha256> ids =
                batch.stream().flatMap(candidate -> candidate.id().stream()).toList();
        Set<Sha256> applied = chain.state().applied(ids, Long.MAX_VALUE);
        if (applied.isEmpty()) {
            return batch;
        }
        for (Sha256 id : applied) {
            Submission before = find(id).orElseThrow();
            replies.execute(() -> answer(id, before));
        }
        return batch.stream()
                .filter(candidate -> candidate.id().filter(applied::contains).isEmpty())
                .toList();
    }

    private void fail(RuntimeException e, List<Candidate> batch) {
        stop(e);
        answerAll(batch, Submission.Unknown::new);
    }

    /** Takes nothing more in for good; those who wait are not answered by this. */
    synchronized void stop(RuntimeException e) {
        if (failure == null) {
            failure = e;
            LOGGER.atError().setCause(e).log("ledger stopped taking transactions; restart the node");
        }
    }

    /** Answers those who wait for transactions of a batch whose fate nobody knows. */
    void lost(Proposal batch) {
        replies.execute(() -> answerAll(batch.candidates(), Submission.Unknown::new));
    }

    private void answerAll(List<Candidate> batch, Function<Sha256, Submission> submission) {
        admitted.lost();
        for (Candidate candidate : batch) {
            candidate.id().ifPresent(id -> answer(id, submission.apply(id)));
        }
    }

    private void answer(Sha256 id, Submission submission) {
        Waiting waited = waiting.remove(id);
        if (waited != null) {
            reply(waited.answer(), submission);
        }
    }

    /** Answers those who wait for transactions of this block. */
    void committed(CommittedBlock block) {
        Candidate first = block.candidates().getFirst();
        if (first.id().filter(waiting::containsKey).isPresent()) { // of this node
            var _ = whenFinal.apply(block.header().height()).whenComplete((done, failed) -> admitted.arrived(first));
        }
        replies.execute(() -> {
            BlockHeader header = block.header();
            long index = header.first();
            for (Candidate candidate : block.candidates()) {
                Optional<RejectionCode> rejection = header.rejection(index);
                long at = index++;
                candidate.id().filter(waiting::containsKey).ifPresent(id -> {
                    boolean replayed =
                            rejection.filter(BlockExecutor.REPLAYED::equals).isPresent();
                    Submission.Committed here = new Submission.Committed(id, header.height(), at, rejection);
                    answer(id, replayed ? find(id).orElse(here) : here);
                });
            }
            watcher.done(CommitStep.ANSWERED, header.height());
        });
    }

    private Instant now(BlockHeader last) {
        Instant now = options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isBefore(last.time()) ? last.time() : now;
    }

    /** Takes nothing more in and answers what was taken in before. */
    @Override
    public void close() {
        closing = true;
        verifiers.close();
        admitted.complete();
        try {
            sequencer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ordering.close();
        replies.close();
        waiting.keySet().forEach(id -> answer(id, new Submission.Unknown(id)));
    }
}
