package health.salus.ledger.testing;

import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Delivery;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.ordering.OrderingUnavailableException;
import health.salus.ledger.ordering.Proposal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One sequence of batches in this process, delivered to several ledgers, each in a thread of its own. Thread-safe. */
public final class OneOrder {
    private final List<byte[]> batches = new ArrayList<>(); // the first is for height 1
    private final Map<String, UnaryOperator<byte[]>> lies = new HashMap<>();
    private boolean available = true;

    /** The order as the node called {@code name} takes part in it. */
    public Ordering at(String name) {
        return new Endpoint(name);
    }

    /** What {@code name} gets instead of what the others get. */
    public synchronized void lieTo(String name, UnaryOperator<byte[]> lie) {
        lies.put(name, lie);
    }

    /** Whether batches are ordered; else proposing fails. */
    public synchronized void available(boolean now) {
        available = now;
    }

    /** Orders a batch that nobody honest has proposed. */
    public synchronized void inject(byte[] batch) {
        batches.add(batch.clone());
        notifyAll();
    }

    private synchronized byte[] await(String name, long height) throws InterruptedException {
        while (batches.size() < height) {
            wait();
        }
        return lies.getOrDefault(name, UnaryOperator.identity())
                .apply(batches.get((int) height - 1).clone());
    }

    private final class Endpoint implements Ordering {
        private final String name;
        private @Nullable Thread thread;

        Endpoint(String name) {
            this.name = name;
        }

        @Override
        public synchronized void start(long next, Delivery delivery) {
            if (thread != null) {
                throw new IllegalStateException("ordering started twice");
            }
            thread = Thread.ofPlatform().daemon().name("order-" + name).start(() -> deliver(next, delivery));
        }

        private void deliver(long next, Delivery delivery) {
            try {
                for (long height = next; ; height++) {
                    Proposal batch = BatchCodec.decode(await(name, height));
                    delivery.expect(batch);
                    delivery.deliver(height, batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void propose(Proposal proposal) {
            synchronized (OneOrder.this) {
                if (!available) {
                    throw new OrderingUnavailableException("no quorum");
                }
                inject(BatchCodec.encode(proposal));
            }
        }

        @Override
        public synchronized void close() {
            if (thread != null) {
                thread.interrupt();
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
