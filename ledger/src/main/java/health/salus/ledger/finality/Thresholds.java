package health.salus.ledger.finality;

/**
 * How many of {@code n} members must agree, and how many may lie (Castro and Liskov, OSDI 1999, §3: n > 3f). The quorum is
 * n − f for every n, so that f silent members keep nobody from it; of 1, 2 and 3 members none may be silent or lie.
 */
public final class Thresholds {
    private Thresholds() {}

    /** ⌊2n/3⌋ + 1: any two sets of so many have more than {@link #faults} members in common. */
    public static int quorum(int n) {
        return Math.toIntExact(2L * n / 3 + 1);
    }

    /** ⌊(n − 1)/3⌋: how many members may lie or fail. */
    public static int faults(int n) {
        return (n - 1) / 3;
    }
}
