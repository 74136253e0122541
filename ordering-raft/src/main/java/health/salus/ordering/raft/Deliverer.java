package health.salus.ordering.raft;

import health.salus.ledger.ordering.Delivery;
import health.salus.tlog.LogStorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to the ledger on a thread of its own, in order. What waits is bounded, and who brings more waits too.
 *
 * <p>A batch that the ledger could not store although nothing was done, as on a full disk, is tried again until it can.
 * Anything else stops delivering until the node is restarted.
 */
final class Deliverer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Deliverer.class);

    private static final int MOST_ITEMS = 8;
    private static final int MOST_BYTES = 16 << 20;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Delivery delivery;
    private final Flights flights;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> waiting = new ArrayDeque<>(); // the first stays until it is done
    private long bytes;
    private boolean closed;
    private boolean interruptible; // the thread is in a call that may be interrupted without harm
    private long next; // height that the ledger lacks
    private volatile @Nullable Marker position;
    private volatile @Nullable RuntimeException failure;

    Deliverer(long next, Delivery delivery, Flights flights) {
        this.next = next;
        this.delivery = delivery;
        this.flights = flights;
        this.thread = Thread.ofPlatform().daemon().name("raft-delivery").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits for room; an item that comes after the end or a failure is dropped. */
    void put(Item item) {
        if (item instanceof Item.Batch batch) {
            delivery.expect(batch.proposal());
        }
        lock.lock();
        try {
            while (!ended() && isFull(item)) {
                changed.awaitUninterruptibly();
            }
            if (!ended()) {
                waiting.add(item);
                bytes += item.size();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(Item item) {
        return !waiting.isEmpty() && (waiting.size() >= MOST_ITEMS || bytes + item.size() > MOST_BYTES);
    }

    private boolean ended() {
        return closed || failure != null;
    }

    /** The last entry of the Raft log whose batch, and all before, this node's ledger has stored. */
    Optional<Marker> position() {
        return Optional.ofNullable(position);
    }

    /** Whether nodes that lack the batches up to there can do without them. */
    boolean isSettled(Marker marker) {
        return marker.height() <= delivery.settled();
    }

    /** What stopped delivering for good, if anything did. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops delivering for good. */
    void fail(RuntimeException cause) {
        lock.lock();
        try {
            if (ended()) {
                return;
            }
            failure = cause;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        LOGGER.atError().setCause(cause).log("node stopped delivering blocks; restart it");
        flights.loseAll();
    }

    private void run() {
        try {
            for (Item item = first(); item != null; item = next(item)) {
                deliver(item);
            }
        } catch (InterruptedException e) {
            LOGGER.atDebug().log("delivery interrupted");
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("delivering failed", e));
            throw e;
        }
    }

    private @Nullable Item next(Item done) throws InterruptedException {
        position = done.marker();
        lock.lock();
        try {
            if (!waiting.isEmpty()) { // it failed meanwhile otherwise
                waiting.remove();
                bytes -= done.size();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return first();
    }

    private @Nullable Item first() throws InterruptedException {
        lock.lock();
        try {
            while (!ended() && waiting.isEmpty()) {
                changed.await();
            }
            return ended() ? null : waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Item item) throws InterruptedException {
        long height = item.marker().height();
        switch (item) {
            case Item.Batch batch -> {
                if (height >= next) {
                    reach(height - 1);
                    retry(() -> delivery.deliver(height, batch.proposal()));
                    next = height + 1;
                }
                batch.flight().ifPresent(flights::landed);
            }
            case Item.Gap _ -> {
                reach(height);
                flights.loseThoseUnderway();
            }
            case Item.Passed _ -> {}
        }
    }

    /** Lets the ledger fetch what the Raft log no longer has. */
    private void reach(long height) throws InterruptedException {
        if (height >= next) {
            LOGGER.atInfo()
                    .addKeyValue("height", height)
                    .addKeyValue("missing", height - next + 1)
                    .log("fetching blocks that the raft log no longer has");
            retry(() -> interruptibly(() -> delivery.catchUp(height)));
            next = height + 1;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private void retry(Step step) throws InterruptedException {
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                step.run();
                return;
            } catch (LogStorageException e) {
                if (e.outcome() != LogStorageException.Outcome.NOTHING_DONE) {
                    throw e;
                }
                if (pause == FIRST_PAUSE_MILLIS) {
                    LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("block not stored; trying again");
                }
                long millis = pause;
                interruptibly(() -> Thread.sleep(millis));
            }
        }
    }

    /** Closing interrupts {@code step}, and nothing else: an interrupt would close the files of the ledger. */
    private void interruptibly(Step step) throws InterruptedException {
        mark(true);
        try {
            step.run();
        } finally {
            mark(false);
        }
    }

    private void mark(boolean mayBeInterrupted) throws InterruptedException {
        lock.lock();
        try {
            interruptible = mayBeInterrupted;
            boolean interrupted = Thread.interrupted();
            if (closed || interrupted) {
                throw new InterruptedException("closed");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends delivering; a batch that the ledger is about to store is stored first. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            if (interruptible) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        if (thread.getState() != Thread.State.NEW && Thread.currentThread() != thread) {
            join();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
