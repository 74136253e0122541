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
 * sends small packets.) Where a batch takes longer than {@link #PATIENCE}, nobody waits until one has arrived again.
 * Thread-safe.
 */
final class Gathering {
    /** How long a transaction waits for the batch before. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int mostTransactions;
    private final int mostBytes;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Item> waiting = new ArrayDeque<>();
    private int bytes; // of all of them
    private @Nullable Candidate underway; // the first of the newest batch, until that has arrived
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
            long left = patience.toNanos();
            while (underway != null && !inVain && !complete && !isFull()) {
                left = changed.awaitNanos(left);
                inVain = left <= 0 && underway != null;
            }
            return waiting.isEmpty() ? Optional.empty() : Optional.of(take());
        } finally {
            lock.unlock();
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
