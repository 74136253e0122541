package health.salus.ledger.event;

import java.util.List;

/** Where events come from. Thread-safe. */
public interface EventSource {
    /** Height of the last block. */
    long height();

    /** All events of the block at {@code height}, which {@link #await} has found. */
    List<LedgerEvent> events(long height);

    /**
     * Waits until {@link #height} has reached {@code height}, and this node can execute that block, or {@code nanos} have
     * passed; whether it can.
     */
    boolean await(long height, long nanos) throws InterruptedException;
}
