package health.salus.ledger.finality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When a node may cosign that was perhaps restored from a copy, and has then cosigned what it doesn't remember. It begins
 * when so many members have told it what they know of it that not all of them can lie. Where that is more than it knows
 * itself, it waits for a quorum of the others to say, asked after that, that they have cosigned something at least as long,
 * which its own log has too: whatever it had made final with them is a part of that. Not thread-safe.
 *
 * <p>A node that has lost its memory is one of those that may fail: while another one lies, and the order too, nothing
 * makes it safe.
 */
final class Recovery {
    private final Map<String, Long> confirmed = new HashMap<>(); // sizes, by organization
    private boolean running;
    private long sinceNanos;
    private long floor;

    boolean isRunning() {
        return running;
    }

    /** Size up to which this node has cosigned something, as others show. */
    long floor() {
        return floor;
    }

    /** Others show that this node has cosigned a tree of so many entries, which it does not remember. */
    void begin(long size) {
        floor = Math.max(floor, size);
        if (!running) {
            running = true;
            sinceNanos = System.nanoTime();
        }
    }

    /** A member that was asked at {@code askedNanos} has cosigned a tree of so many entries. */
    void confirm(String organization, long size, long askedNanos) {
        if (running && askedNanos - sinceNanos > 0) {
            confirmed.merge(organization, size, Math::max);
        }
    }

    /**
     * Whether this node may cosign.
     *
     * @param set in force now
     * @param heard organizations that have told what they know
     * @param contradicting members that have another history
     * @param size of this node's log
     */
    boolean mayCosign(WitnessSet set, Set<String> heard, Set<String> contradicting, long size) {
        int n = set.members().size();
        if (n == 0 || count(set, heard) < n - 1 - set.faults()) {
            return false;
        }
        if (running) {
            Set<String> beyond = new HashSet<>(confirmed.keySet());
            beyond.removeIf(other -> contradicting.contains(other)
                    || confirmed.getOrDefault(other, 0L) < floor
                    || confirmed.getOrDefault(other, 0L) > size);
            if (count(set, beyond) < Math.min(set.quorum(), n - 1)) {
                return false;
            }
            running = false;
            confirmed.clear();
        }
        return true;
    }

    private static long count(WitnessSet set, Set<String> organizations) {
        return set.members().stream()
                .filter(member -> organizations.contains(member.organization()))
                .count();
    }
}
