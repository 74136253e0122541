package health.salus.ledger.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The events of a ledger in their order, from a cursor on, past and to come. Whoever reads slowly costs no memory: events
 * are looked up when they are asked for. Nothing needs closing. Not thread-safe.
 */
public final class EventStream {
    private final EventSource source;
    private final Deque<LedgerEvent> ready = new ArrayDeque<>();
    private Cursor cursor;

    /** A stream that begins with the first event at or after {@code from}. */
    public EventStream(EventSource source, Cursor from) {
        this.source = source;
        this.cursor = from;
    }

    /** Where a new stream would go on as this one does. */
    public Cursor cursor() {
        return cursor;
    }

    /** The next event; empty if none comes within {@code patience}. */
    public Optional<LedgerEvent> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (ready.isEmpty()) {
            if (!source.await(cursor.height(), deadline - System.nanoTime())) {
                return Optional.empty();
            }
            for (LedgerEvent event : source.events(cursor.height())) {
                if (event.cursor().compareTo(cursor) >= 0) {
                    ready.add(event);
                }
            }
            if (ready.isEmpty()) {
                cursor = new Cursor(cursor.height() + 1, 0);
            }
        }
        LedgerEvent event = ready.remove();
        cursor = ready.isEmpty() ? new Cursor(event.cursor().height() + 1, 0) : event.next();
        return Optional.of(event);
    }
}
