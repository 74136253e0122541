package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.proof.TrustPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ThresholdsPropertyTest {
    @Property
    void any_two_quorums_share_an_honest_member(@ForAll @IntRange(min = 1, max = 31) int n) {
        int shared = 2 * Thresholds.quorum(n) - n; // at least
        assertThat(shared).isGreaterThan(Thresholds.faults(n));
    }

    @Property
    void those_who_may_fail_neither_reach_a_quorum_nor_keep_the_others_from_it(
            @ForAll @IntRange(min = 1, max = 31) int n) {
        assertThat(Thresholds.faults(n)).isLessThan(Thresholds.quorum(n));
        assertThat(Thresholds.quorum(n)).isEqualTo(n - Thresholds.faults(n));
        assertThat(3 * Thresholds.faults(n)).isLessThan(n);
        assertThat(3 * (Thresholds.faults(n) + 1)).isGreaterThanOrEqualTo(n); // no greater number would do
    }

    @Property(tries = 60)
    void the_policy_file_says_the_same_with_real_keys(
            @ForAll @IntRange(min = 1, max = 31) int n, @ForAll @IntRange(max = 31) int count, @ForAll long seed) {
        TestWitnesses witnesses = new TestWitnesses(n);
        TrustPolicy policy = witnesses.set.policy(TestWitnesses.ORIGIN);
        List<Integer> all = new ArrayList<>(TestWitnesses.first(n));
        Collections.shuffle(all, new Random(seed));
        int cosigners = Math.min(count, n);
        Checkpoint checkpoint = Histories.forged(TestWitnesses.ORIGIN, 9);

        assertThat(policy.check(witnesses.note(checkpoint, all.subList(0, cosigners)))
                        .isTrusted())
                .isEqualTo(cosigners >= Thresholds.quorum(n));
    }

    @Property(tries = 20)
    void one_member_that_signs_often_counts_once(@ForAll @IntRange(min = 2, max = 31) int n) {
        TestWitnesses witnesses = new TestWitnesses(n);
        Checkpoint checkpoint = Histories.forged(TestWitnesses.ORIGIN, 9);

        assertThat(witnesses
                        .set
                        .policy(TestWitnesses.ORIGIN)
                        .check(witnesses.note(checkpoint, Collections.nCopies(Thresholds.quorum(n), 0)))
                        .isTrusted())
                .isFalse();
    }
}
