package health.salus.node.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Places for what keeps a thread for long: so many in all, and so many of one client. Thread-safe. */
public final class Places {
    private final int mostOfOne;
    private final Semaphore free;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /**
     * All free.
     *
     * @param most in all
     * @param mostOfOne of one client
     */
    public Places(int most, int mostOfOne) {
        this.mostOfOne = mostOfOne;
        this.free = new Semaphore(most);
    }

    /** A place that was taken; closing it, once, leaves it to others. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a place; empty where there is none, or this client has its share. */
    public Optional<Place> take(String client) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        if (taken.merge(client, 1, Integer::sum) > mostOfOne) {
            leave(client);
            return Optional.empty();
        }
        return Optional.of(() -> leave(client));
    }

    private void leave(String client) {
        taken.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
        free.release();
    }
}
