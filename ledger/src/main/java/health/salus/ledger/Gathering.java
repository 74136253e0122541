package health.salus.ledger;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of the transactions that wait. The first goes at once; what comes while it is on its way goes together when
 * it has arrived or a block is full: a block costs every node much, a transaction in it little. (The rule by which RFC 896
 * sends small packets.) What is being checked at the door is waited for a moment, so that transactions that came together go
 * together. Where a batch takes much longer than the one before, nobody waits until one has arrived again. Thread-safe.
 */
final class Gathering {
    /** How long a transaction waits for the batch before, unless batches take long. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final int mostTransactions;
    private final int mostBytes;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Item> waiting = new ArrayDeque<>();
    private int bytes; // of all of them
    private int checking; // transactions at the door
    private @Nullable Candidate underway; // the first of the newest batch, until that has arrived
    private long departed; // when that was, by System.nanoTime
    private long took; // nanoseconds of the last of which both is known
    private boolean inVain; // was the last waiting, and none has arrived since
    private boolean complete;

    private record Item(Candidate candidate, int bytes) {}

    Gathering(LedgerOptions options) {
        this(options.maxBlockTransactions(), options.maxBlockBytes(), PATIENCE);
    }

    Gathering(int mostTransactions, int mostBytes, Duration patience) {
        this.mostTransactions = mostTransactions;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    void add(Candidate candidate) {
        Item item = new Item(candidate, candidate.jws().length);
        lock.lock();
        try {
            waiting.add(item);
            bytes += item.bytes();
            if (waiting.size() == 1 || isFull()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One is being checked that may be added, until {@link #checked}. */
    void checking() {
        lock.lock();
        try {
            checking++;
        } finally {
            lock.unlock();
        }
    }

    /** One was added or will not be. */
    void checked() {
        lock.lock();
        try {
            checking--;
            if (checking == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be added. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next batch; empty: there will be none. */
    Optional<List<Candidate>> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !complete) {
                changed.await();
            }
            awaitArrival();
            awaitChecked();
            return waiting.isEmpty() ? Optional.empty() : Optional.of(take());
        } finally {
            lock.unlock();
        }
    }

    private void awaitArrival() throws InterruptedException {
        long left = Math.max(patience.toNanos(), Math.min(2 * took, MOST_PATIENCE.toNanos()));
        while (underway != null && !inVain && !complete && !isFull()) {
            left = changed.awaitNanos(left);
            inVain = left <= 0 && underway != null;
        }
    }

    private void awaitChecked() throws InterruptedException {
        long left = MOMENT.toNanos();
        while (checking > 0 && left > 0 && !complete && !isFull()) {
            left = changed.awaitNanos(left);
        }
    }

    private boolean isFull() {
        return waiting.size() >= mostTransactions || bytes + Transaction.MAX_BYTES > mostBytes;
    }

    private List<Candidate> take() {
        List<Candidate> batch = new ArrayList<>();
        int taken = 0;
        while (!waiting.isEmpty() && batch.size() < mostTransactions && taken + Transaction.MAX_BYTES <= mostBytes) {
            Item next = waiting.remove();
            batch.add(next.candidate());
            taken += next.bytes();
        }
        bytes -= taken;
        return batch;
    }

    /** The batch that begins with {@code first} is on its way. */
    void departs(Candidate first) {
        lock.lock();
        try {
            underway = first;
            departed = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** The batch that begins with {@code first} has arrived, perhaps not the newest. */
    void arrived(Candidate first) {
        lock.lock();
        try {
            inVain = false;
            if (underway != null && underway.id().equals(first.id())) {
                took = System.nanoTime() - departed;
                lost();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody need wait for the newest batch, or nobody knows. */
    void lost() {
        lock.lock();
        try {
            underway = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
