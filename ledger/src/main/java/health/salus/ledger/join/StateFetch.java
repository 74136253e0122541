package health.salus.ledger.join;

import health.salus.ledger.finality.Peer;
import health.salus.ledger.state.SnapshotRefusedException;
import health.salus.ledger.state.StateImport;
import health.salus.ledger.state.StateValues;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Takes the values of a state from another node, each message while the one before is being stored. For one use. */
final class StateFetch {
    private final Peer peer;
    private final StateImport state;
    private final long height;

    StateFetch(Peer peer, StateImport state, long height) {
        this.peer = peer;
        this.state = state;
        this.height = height;
    }

    /** Goes on after the last value that is there. @throws IllegalArgumentException if a message is malformed */
    void run() throws IOException, InterruptedException {
        StateValues values = next(state.last());
        while (!values.values().isEmpty()) {
            String last = values.values().getLast().key();
            FutureTask<StateValues> following = ahead(() -> next(last));
            try {
                state.add(values);
                values = join(following);
            } finally {
                following.cancel(true);
            }
        }
    }

    private StateValues next(String after) throws IOException, InterruptedException {
        return StateValues.parse(peer.stateValues(height, after)
                .orElseThrow(() -> new SnapshotRefusedException("it has no state of height " + height)));
    }

    private static FutureTask<StateValues> ahead(Callable<StateValues> fetch) {
        FutureTask<StateValues> task = new FutureTask<>(fetch);
        Thread.ofVirtual().name("state-fetch").start(task);
        return task;
    }

    private static StateValues join(FutureTask<StateValues> fetched) throws IOException, InterruptedException {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException malformed) {
                throw malformed;
            }
            throw new IOException("values of the state not received: " + e.getCause(), e);
        }
    }
}
