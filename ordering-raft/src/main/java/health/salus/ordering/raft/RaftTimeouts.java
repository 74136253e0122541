package health.salus.ordering.raft;

import java.time.Duration;

/**
 * How patient a node is.
 *
 * @param electionMin shortest time without a leader's sign of life after which a node wants to be leader; a leader shows
 *     itself twice as often
 * @param electionMax the longest; each node draws from this range anew every time
 * @param leaderWait how long a proposal waits for a leader to be known
 */
public record RaftTimeouts(Duration electionMin, Duration electionMax, Duration leaderWait) {
    /** Another leader takes over within two to three seconds; oftener signs of life would be most of what an idle node does. */
    public static final RaftTimeouts DEFAULT =
            new RaftTimeouts(Duration.ofMillis(1200), Duration.ofMillis(1800), Duration.ofMillis(2000));

    public RaftTimeouts {
        if (electionMin.toMillis() < 50 || electionMax.compareTo(electionMin) <= 0 || leaderWait.isNegative()) {
            throw new IllegalArgumentException("election timeout from " + electionMin + " to " + electionMax
                    + ", waiting " + leaderWait + " for a leader (expected: from at least 50 ms to more than that, "
                    + "not negative)");
        }
    }
}
