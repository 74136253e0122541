package health.salus.ledger.join;

import health.salus.ledger.finality.Peer;
import health.salus.ledger.state.SnapshotRefusedException;
import health.salus.ledger.state.StateImport;
import health.salus.ledger.state.StateValues;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes the values of a state from another node, beside everything else, each message while the one before is being stored.
 * Closing ends it.
 */
final class StateFetch implements AutoCloseable {
    private final Peer peer;
    private final StateImport state;
    private final long height;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("state-fetch-", 0).factory());
    private final Future<?> all;

    /** Begins, after the last value that is there. */
    StateFetch(Peer peer, StateImport state, long height) {
        this.peer = peer;
        this.state = state;
        this.height = height;
        this.all = threads.submit(() -> {
            run();
            return null;
        });
    }

    /** Waits until all values are there. @throws IllegalArgumentException if a message is malformed */
    void await() throws IOException, InterruptedException {
        join(all);
    }

    private void run() throws IOException, InterruptedException {
        StateValues values = next(state.last());
        while (!values.values().isEmpty()) {
            String last = values.values().getLast().key();
            Future<StateValues> following = ahead(() -> next(last));
            state.add(values);
            values = join(following);
        }
    }

    private StateValues next(String after) throws IOException, InterruptedException {
        return StateValues.parse(peer.stateValues(height, after)
                .orElseThrow(() -> new SnapshotRefusedException("it has no state of height " + height)));
    }

    private Future<StateValues> ahead(Callable<StateValues> fetch) {
        return threads.submit(fetch);
    }

    private static <T> T join(Future<T> fetched) throws IOException, InterruptedException {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException malformed) {
                throw malformed;
            }
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException("values of the state not received: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close(); // nothing may be stored any more when the state is closed
    }
}
