package health.salus.node.smart;

import health.salus.foundation.Sha256;
import java.time.Instant;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Remembers the {@code jti} of each assertion until it expires, so that none works twice. Bounded: when full of
 * assertions that could still be replayed, it refuses further ones rather than forget. Thread-safe.
 */
final class UsedAssertions {
    private record Used(Sha256 id, Instant expires) {}

    private final int capacity;
    private final Set<Sha256> ids = new HashSet<>();
    private final PriorityQueue<Used> byExpiry =
            new PriorityQueue<>((left, right) -> left.expires.compareTo(right.expires));

    UsedAssertions(int capacity) {
        this.capacity = capacity;
    }

    /** What became of an id. */
    enum Outcome {
        /** Now used. */
        FIRST_USE,
        /** Was used before. */
        REPLAYED,
        /** No room to remember it. */
        FULL
    }

    /** Uses up {@code id}, digest of issuer and jti, which can't be used after {@code expires} anyway. */
    synchronized Outcome use(Sha256 id, Instant expires, Instant now) {
        for (Used oldest = byExpiry.peek(); oldest != null && !now.isBefore(oldest.expires); oldest = byExpiry.peek()) {
            ids.remove(oldest.id);
            byExpiry.poll();
        }
        if (ids.contains(id)) {
            return Outcome.REPLAYED;
        }
        if (ids.size() >= capacity) {
            return Outcome.FULL;
        }
        ids.add(id);
        byExpiry.add(new Used(id, expires));
        return Outcome.FIRST_USE;
    }
}
