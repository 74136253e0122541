package health.salus.ordering.raft.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults one after the other and on top of each other, drawn from a seed. Who leads when one strikes is not the seed's choice.
 *
 * @param steps at least one
 */
record Schedule(long seed, List<Step> steps) {
    /**
     * One fault.
     *
     * @param heals whether everything is undone after it, or the next fault is added
     */
    record Step(long pauseMillis, Fault fault, long lastsMillis, boolean heals) {}

    static Schedule of(long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(2);
        List<Fault> faults = List.of(Fault.values());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new Step(
                    100 + random.nextInt(500),
                    faults.get(random.nextInt(faults.size())),
                    200 + random.nextInt(1_800),
                    random.nextInt(3) == 0));
        }
        return new Schedule(seed, List.copyOf(steps));
    }

    void run(Consortium consortium) {
        Random random = new Random(seed + 1);
        for (Step step : steps) {
            Consortium.pause(step.pauseMillis());
            if (step.fault().isPossible(consortium)) {
                step.fault().strike(consortium, random);
                Consortium.pause(step.lastsMillis());
            }
            if (step.heals()) {
                consortium.heal();
            }
        }
        consortium.heal();
    }
}
