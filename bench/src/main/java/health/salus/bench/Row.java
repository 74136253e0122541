package health.salus.bench;

import java.util.Locale;

/**
 * One line of the result: a figure beside the limit that it is held against.
 *
 * @param name what was measured
 * @param figure what came out, in {@code unit}
 * @param limit what the same machine could do in the same run, in {@code unit}; or the most that is allowed
 * @param unit for example {@code tx/s} or {@code ms}
 * @param ratio figure ÷ limit
 * @param goal the ratio to reach; {@code better} says from which side
 * @param better whether a higher or a lower ratio is better
 * @param how what limit and figure are, durability included
 */
record Row(
        String name, double figure, double limit, String unit, double ratio, double goal, Better better, String how) {
    /** Which side of the goal is good. */
    enum Better {
        HIGHER,
        LOWER
    }

    /** A rate that should reach {@code goal} of {@code limit}. */
    static Row atLeast(String name, double figure, double limit, String unit, double goal, String how) {
        return new Row(name, figure, limit, unit, figure / limit, goal, Better.HIGHER, how);
    }

    /** A duration or size that should stay within {@code limit}. */
    static Row atMost(String name, double figure, double limit, String unit, String how) {
        return new Row(name, figure, limit, unit, figure / limit, 1, Better.LOWER, how);
    }

    /** Whether the goal was reached. */
    boolean met() {
        return better == Better.HIGHER ? ratio >= goal : ratio <= goal;
    }

    /** One line of a table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-44s %12s %12s %-9s %6.2f  %s %.2f  %s",
                name,
                number(figure),
                number(limit),
                unit,
                ratio,
                better == Better.HIGHER ? "≥" : "≤",
                goal,
                met() ? "met" : "NOT MET");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
    }
}
