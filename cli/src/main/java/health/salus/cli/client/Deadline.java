package health.salus.cli.client;

import java.time.Duration;

/** A moment until which something is tried. Not thread-safe. */
final class Deadline {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final long end;

    Deadline(Duration fromNow) {
        this.end = System.nanoTime() + fromNow.toNanos();
    }

    /** How long there is left, at least a millisecond. */
    Duration left() {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /** Waits; false and at once if there is not as long left, or if interrupted. */
    boolean pause(Duration duration) {
        if (left().compareTo(duration) <= 0) {
            return false;
        }
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
