package health.salus.ledger.event;

import java.util.List;

/** Where events come from. Thread-safe. */
public interface EventSource {
    /** Height of the last block. */
    long height();

    /** All events of the block at {@code height}, which must not be beyond {@link #height}. */
    List<LedgerEvent> events(long height);

    /** Waits until {@link #height} has reached {@code height} or {@code nanos} have passed; whether it has. */
    boolean await(long height, long nanos) throws InterruptedException;
}
