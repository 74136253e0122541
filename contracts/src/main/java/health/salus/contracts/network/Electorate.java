package health.salus.contracts.network;

import health.salus.ledger.finality.Thresholds;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who votes on one change, and how many have to approve.
 *
 * <p>Of n voters up to f = ⌊(n − 1)/3⌋ may lie (Castro and Liskov, OSDI 1999, §3). Where no voter is concerned, ⌊2n/3⌋+1
 * must approve. Where one of them is, it abstains, and ⌊2m/3⌋+1 of the other m = n − 1 must approve. That is more than f
 * by itself, for f = ⌊m/3⌋; and two sets of so many share more than f of the m, so that no two contrary decisions get
 * through without somebody honest in both. The exception is n = 2, where it would be 1 of 1: either of two members could
 * throw out the other, whoever is faster. There nothing that concerns the other can pass, since at least
 * {@value #LEAST_OTHERS} must approve of what concerns a voter. It follows that the last voter stays, too, and that a
 * network with two voters or more never comes to have only one.
 *
 * <p>The voters are those of the moment of counting: whoever was suspended or removed since does not count any more,
 * neither does its vote. Immutable.
 *
 * @param voters all of them, be they concerned or not
 * @param concerned the voter that the change is about
 */
public record Electorate(NavigableSet<String> voters, Optional<String> concerned) {
    private static final int LEAST_OTHERS = 2;

    /** What the votes mean. */
    public enum Count {
        /** Enough approve. */
        APPROVED,
        /** So many reject that enough can't approve any more. */
        REJECTED,
        /** It depends on those who have not voted. */
        UNDECIDED
    }

    /** @param concerned whom the change is about, be it a voter or not */
    public Electorate {
        voters = Collections.unmodifiableNavigableSet(new TreeSet<>(voters));
        concerned = concerned.filter(voters::contains);
    }

    /** Those who vote on {@code change} in the state that {@code members} reads. */
    public static Electorate on(Change change, Members members) {
        return new Electorate(members.voters(), change.concerned());
    }

    /** Whether {@code organization} has a vote. */
    public boolean has(String organization) {
        return voters.contains(organization)
                && !concerned.filter(organization::equals).isPresent();
    }

    /** How many have a vote. */
    public int size() {
        return voters.size() - (concerned.isPresent() ? 1 : 0);
    }

    /** How many have to approve; more than {@link #size} where they cannot decide. */
    public int needed() {
        int quorum = Thresholds.quorum(size());
        return concerned.isPresent() ? Math.max(quorum, LEAST_OTHERS) : quorum;
    }

    /** Whether they could decide if they all agreed. */
    public boolean canDecide() {
        return size() >= needed();
    }

    /** Counts these votes, by organization. */
    public Count count(Map<String, Vote> votes) {
        int approving = count(votes, Vote.APPROVE);
        if (approving >= needed()) {
            return Count.APPROVED;
        }
        return size() - count(votes, Vote.REJECT) < needed() ? Count.REJECTED : Count.UNDECIDED;
    }

    private int count(Map<String, Vote> votes, Vote which) {
        return Math.toIntExact(votes.entrySet().stream()
                .filter(vote -> vote.getValue() == which && has(vote.getKey()))
                .count());
    }
}
