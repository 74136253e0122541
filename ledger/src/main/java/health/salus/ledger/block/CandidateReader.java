package health.salus.ledger.block;

import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.KeyDirectory;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads transactions and verifies their signatures on several threads, ahead of execution. Which key is in force is only
 * known when a block is executed; here the one of an earlier state is tried, and execution verifies again where it turns
 * out to be another. Thread-safe.
 */
public final class CandidateReader implements AutoCloseable {
    private static final int CHUNK = 32;

    private final KeyDirectory keys;
    private final Supplier<StateView> state;
    private final ExecutorService threads;

    /** @param state the newest state there is, of whatever height */
    public CandidateReader(KeyDirectory keys, Supplier<StateView> state, int threads) {
        this.keys = keys;
        this.state = state;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("ledger-reader-", 0).factory());
    }

    /** Candidates that are being read. */
    public interface Reading {
        /** Waits for them; in the order in which they were given. */
        List<Candidate> candidates();
    }

    /**
     * Begins to read and verify.
     *
     * @param time about when they were executed
     */
    public Reading begin(List<byte[]> transactions, Instant time) {
        return inChunks(transactions, time, Candidate::of);
    }

    /** Begins to verify those that nobody has verified yet. */
    public Reading verifying(List<Candidate> candidates, Instant time) {
        boolean done = candidates.stream()
                .allMatch(candidate -> candidate instanceof Candidate.Parsed parsed
                        && parsed.verified().isPresent());
        return done ? () -> candidates : inChunks(candidates, time, Function.identity());
    }

    private <T> Reading inChunks(List<T> items, Instant time, Function<T, Candidate> read) {
        List<Future<List<Candidate>>> chunks = new ArrayList<>();
        for (int start = 0; start < items.size(); start += CHUNK) {
            List<T> chunk = List.copyOf(items.subList(start, Math.min(start + CHUNK, items.size())));
            chunks.add(threads.submit(() -> verified(chunk, time, read)));
        }
        return () -> {
            List<Candidate> candidates = new ArrayList<>(items.size());
            chunks.forEach(chunk -> candidates.addAll(join(chunk)));
            return candidates;
        };
    }

    private <T> List<Candidate> verified(List<T> chunk, Instant time, Function<T, Candidate> read) {
        StateView newest = state.get();
        List<Candidate> candidates = new ArrayList<>(chunk.size());
        for (T item : chunk) {
            candidates.add(
                    switch (read.apply(item)) {
                        case Candidate.Parsed parsed -> verify(parsed, newest, time);
                        case Candidate.Unreadable unreadable -> unreadable;
                    });
        }
        return candidates;
    }

    private Candidate verify(Candidate.Parsed parsed, StateView newest, Instant time) {
        Optional<P256PublicKey> key =
                keys.find(newest, parsed.transaction().signer(), time).filter(parsed.transaction()::isSignedBy);
        return new Candidate.Parsed(parsed.transaction(), key);
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while transactions were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("transactions not read", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
