package health.salus.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Measures a rate and its limit by turns, several times, and takes the round with the median ratio: what else the machine
 * does meets both, and a moment of it doesn't decide.
 *
 * @param rate what was reached, per second
 * @param limit mean of what was measured just before and just after it
 */
record Rounds(double rate, double limit) {
    private static final int COUNT = 5;

    static Rounds median(Consumer<String> said, Callable<Double> limit, Callable<Double> rate) throws Exception {
        List<Rounds> rounds = new ArrayList<>();
        double before = limit.call();
        for (int i = 0; i < COUNT; i++) {
            double reached = rate.call();
            double after = limit.call();
            Rounds round = new Rounds(reached, (before + after) / 2);
            said.accept("%,.0f of %,.0f /s: %.2f".formatted(round.rate, round.limit, round.ratio()));
            rounds.add(round);
            before = after;
        }
        rounds.sort(Comparator.comparingDouble(Rounds::ratio));
        return rounds.get(COUNT / 2);
    }

    private double ratio() {
        return rate / limit;
    }
}
