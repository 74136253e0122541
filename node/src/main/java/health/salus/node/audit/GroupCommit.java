package health.salus.node.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets many threads make things durable by few writes: whoever comes while nobody writes, writes; whoever comes meanwhile
 * waits, and the first of them writes for all that wait. So a lone thread hands nothing over to another. Thread-safe.
 */
final class GroupCommit<T> {
    private final Write<T> write;
    private final int mostTogether;
    private final int mostWaiting;
    private final long waitNanos;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>(); // also the lock of what follows and of turns
    private boolean writing;

    /** Makes things durable, all of them or, where it throws, none. Never called twice at a time. */
    @FunctionalInterface
    interface Write<T> {
        void all(List<T> things) throws IOException;
    }

    private enum State {
        WAITS,
        WRITES,
        DONE,
        FAILED
    }

    private static final class Waiting<T> {
        private final T thing;
        private final Thread thread = Thread.currentThread();
        private volatile State state = State.WAITS;

        Waiting(T thing) {
            this.thing = thing;
        }

        void become(State next) {
            state = next;
            LockSupport.unpark(thread);
        }
    }

    /**
     * @param mostTogether in one write
     * @param mostWaiting threads at a time; further ones are refused
     * @param wait how long a thread waits for another's write
     */
    GroupCommit(int mostTogether, int mostWaiting, Duration wait, Write<T> write) {
        this.mostTogether = mostTogether;
        this.mostWaiting = mostWaiting;
        this.waitNanos = wait.toNanos();
        this.write = write;
    }

    /** Returns when {@code thing} is durable. @throws IOException if it isn't, or not known to be */
    void commit(T thing) throws IOException {
        Waiting<T> mine = new Waiting<>(thing);
        synchronized (queue) {
            if (queue.size() >= mostWaiting) {
                throw new IOException("too much waits to be written");
            }
            queue.add(mine);
            if (!writing) {
                writing = true;
                mine.state = State.WRITES;
            }
        }
        boolean interrupted = await(mine);
        try {
            if (mine.state == State.WRITES) {
                write(mine);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (mine.state != State.DONE) {
            throw new IOException("not written");
        }
    }

    /** How many wait now for another's write to end. */
    int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Waits until nobody writes. */
    void await() throws InterruptedException {
        synchronized (queue) {
            while (writing) {
                queue.wait();
            }
        }
    }

    /** Whether the thread was interrupted; its thing would be written all the same, so it stays. */
    private boolean await(Waiting<T> mine) {
        long deadline = System.nanoTime() + waitNanos;
        boolean interrupted = false;
        while (mine.state == State.WAITS) {
            long left = deadline - System.nanoTime();
            if (left <= 0 && leave(mine)) {
                break;
            }
            LockSupport.parkNanos(this, Math.max(1, left));
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    /** Gives up, unless it is this thread's turn to write by now. */
    private boolean leave(Waiting<T> mine) {
        synchronized (queue) {
            if (mine.state != State.WAITS) {
                return false;
            }
            queue.remove(mine);
            return true;
        }
    }

    private void write(Waiting<T> mine) throws IOException {
        List<Waiting<T>> batch = new ArrayList<>();
        synchronized (queue) {
            while (!queue.isEmpty() && batch.size() < mostTogether) {
                batch.add(queue.remove());
            }
        }
        State outcome = State.FAILED;
        try {
            write.all(batch.stream().map(waiting -> waiting.thing).toList());
            outcome = State.DONE;
        } finally {
            passOn();
            for (Waiting<T> waiting : batch) {
                if (waiting == mine) {
                    waiting.state = outcome;
                } else {
                    waiting.become(outcome);
                }
            }
        }
    }

    private void passOn() {
        synchronized (queue) {
            Waiting<T> next = queue.peek();
            if (next == null) {
                writing = false;
                queue.notifyAll();
            } else {
                next.become(State.WRITES);
            }
        }
    }
}
