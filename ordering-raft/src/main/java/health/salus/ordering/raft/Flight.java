package health.salus.ordering.raft;

import health.salus.ledger.ordering.Proposal;
import java.util.concurrent.atomic.AtomicReference;

/** A batch that this node proposed, from then on until it is stored here or lost. Thread-safe. */
final class Flight {
    private enum State {
        /** Nobody answered yet. */
        SENT,
        /** The leader said that it is committed; it will arrive here. */
        ANSWERED,
        /** It arrived here. */
        ARRIVED,
        LOST
    }

    private final Frame frame;
    private final Proposal proposal;
    private final AtomicReference<State> state = new AtomicReference<>(State.SENT);

    Flight(Frame frame, Proposal proposal) {
        this.frame = frame;
        this.proposal = proposal;
    }

    Frame frame() {
        return frame;
    }

    Proposal proposal() {
        return proposal;
    }

    /** Whether it is still worth sending. */
    boolean isWaiting() {
        return state.get() == State.SENT;
    }

    void answered() {
        state.compareAndSet(State.SENT, State.ANSWERED);
    }

    /** Whether it had not been given up before. */
    boolean arrive() {
        return state.compareAndSet(State.SENT, State.ARRIVED) || state.compareAndSet(State.ANSWERED, State.ARRIVED);
    }

    /** Whether this call gave it up. */
    boolean giveUp() {
        return state.compareAndSet(State.SENT, State.LOST);
    }

    /** Whether this call gave it up although it may have been answered. */
    boolean giveUpAnswered() {
        return giveUp() || state.compareAndSet(State.ANSWERED, State.LOST);
    }

    /** Whether this call gave it up although it may have arrived. */
    boolean giveUpArrived() {
        return giveUpAnswered() || state.compareAndSet(State.ARRIVED, State.LOST);
    }
}
