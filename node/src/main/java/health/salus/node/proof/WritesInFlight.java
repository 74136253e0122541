package health.salus.node.proof;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Tells a version that went around the gateway from one that the gateway is just about to seal: whoever finds an unsealed
 * version waits for the writes in flight and looks again. Thread-safe.
 */
public final class WritesInFlight {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Runs a write, from sending it to the server until its versions are sealed; many at a time. */
    public <T> T write(Supplier<T> write) {
        lock.readLock().lock();
        try {
            return write.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs {@code work} once no write is in flight, and none beginning. */
    <T> T whenNone(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
