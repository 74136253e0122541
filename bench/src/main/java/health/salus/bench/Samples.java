package health.salus.bench;

import java.util.Arrays;

/** Durations of many runs of the same thing, in nanoseconds. Not thread-safe. */
final class Samples {
    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** The duration in milliseconds that this share of the runs did not exceed. */
    double percentileMillis(double share) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (share * count))] / 1e6;
    }

    /** p50, p95 and p99 in milliseconds, for reading. */
    String summary() {
        return "p50 %.3f ms, p95 %.3f ms, p99 %.3f ms"
                .formatted(percentileMillis(0.5), percentileMillis(0.95), percentileMillis(0.99));
    }
}
