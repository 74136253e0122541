package health.salus.ledger.ordering;

import org.jspecify.annotations.Nullable;

/** Orders the batches of one node as they come; delivers in the thread that proposes. */
public final class LocalOrdering implements Ordering {
    private @Nullable Delivery delivery;
    private long next;
    private boolean closed;

    @Override
    public synchronized void start(long first, Delivery to) {
        if (delivery != null) {
            throw new IllegalStateException("ordering started twice");
        }
        delivery = to;
        next = first;
    }

    @Override
    public synchronized void propose(Proposal proposal) {
        Delivery to = delivery;
        if (to == null || closed) {
            throw new IllegalStateException(closed ? "ordering closed" : "ordering not started");
        }
        to.deliver(next, proposal);
        next++;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
