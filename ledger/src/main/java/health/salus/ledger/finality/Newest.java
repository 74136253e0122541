package health.salus.ledger.finality;

import health.salus.tlog.note.SignedNote;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest cosignature of each member that this node has seen: how far they are, and, since each carries the time at which
 * it was made, what time they have. Not thread-safe.
 */
final class Newest {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final Map<String, Seen> seen = new HashMap<>(); // by organization

    private record Seen(Cosignature cosignature, long nanos) {
        boolean isWithin(Duration age) {
            return System.nanoTime() - nanos < age.toNanos();
        }
    }

    /** Takes what somebody showed, unless there is a newer one. */
    void add(Cosignature cosignature) {
        Seen before = seen.get(cosignature.organization());
        if (before == null || cosignature.isNewerThan(before.cosignature())) {
            replace(cosignature);
        }
    }

    /** Takes what this node has made just now. */
    void replace(Cosignature own) {
        seen.put(own.organization(), new Seen(own, System.nanoTime()));
    }

    /** Whether this node has one of the last ten seconds. */
    boolean hasRecent(String organization) {
        Seen newest = seen.get(organization);
        return newest != null && newest.isWithin(RECENT);
    }

    /** All of them, those of the largest trees first, but not more than so many. */
    List<SignedNote> notes(int most) {
        return seen.values().stream()
                .map(Seen::cosignature)
                .sorted(Comparator.comparing(Cosignature::size).reversed())
                .limit(most)
                .map(Cosignature::note)
                .toList();
    }

    /** What shows the time: those of the last half minute by these members, the latest first. */
    List<SignedNote> clocks(WitnessSet members) {
        Stream<Seen> fresh = seen.values().stream()
                .filter(one -> one.isWithin(FRESH))
                .filter(one -> members.member(one.cosignature().organization()).isPresent());
        return fresh.map(Seen::cosignature)
                .sorted(Comparator.comparing(Cosignature::time).reversed())
                .map(Cosignature::clock)
                .toList();
    }
}
