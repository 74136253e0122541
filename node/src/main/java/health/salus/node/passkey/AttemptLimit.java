package health.salus.node.passkey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts attempts by whom they come from; of too many names the one that began first is forgotten. Thread-safe. */
final class AttemptLimit {
    private static final int MOST_NAMES = 100_000;

    private record Window(Instant end, int attempts) {}

    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(); // also the lock

    /** @param most attempts of one name within a {@code window}, which begins with the first of them */
    AttemptLimit(int most, Duration window, InstantSource clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /** Counts an attempt. @return whether it may be made */
    boolean permits(String name) {
        Instant now = clock.instant();
        synchronized (windows) {
            Window known = windows.get(name);
            if (known == null || !now.isBefore(known.end)) {
                windows.remove(name);
                if (windows.size() >= MOST_NAMES) {
                    windows.remove(windows.keySet().iterator().next());
                }
                known = new Window(now.plus(window), 0);
            }
            windows.put(name, new Window(known.end, Math.min(known.attempts, most) + 1));
            return known.attempts < most;
        }
    }
}
