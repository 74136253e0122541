package health.salus.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.network.Electorate.Count;
import health.salus.ledger.finality.Thresholds;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElectoratePropertyTest {
    @ParameterizedTest(name = "of {0} voters {1} approve, and {2} of the others where one is concerned")
    @CsvSource({
        "1, 1, never",
        "2, 2, never",
        "3, 3, 2",
        "4, 3, 3",
        "5, 4, 3",
        "6, 5, 4",
        "7, 5, 5",
        "10, 7, 7",
        "30, 21, 20",
        "31, 21, 21"
    })
    void so_many_have_to_approve(int voters, int needed, String neededOfOthers) {
        Electorate all = electorate(voters, false);
        Electorate others = electorate(voters, true);

        assertThat(all.needed()).isEqualTo(needed);
        assertThat(others.canDecide() ? String.valueOf(others.needed()) : "never")
                .isEqualTo(neededOfOthers);
    }

    @Property
    void those_who_may_lie_are_too_few_to_approve(
            @ForAll @IntRange(min = 1, max = 500) int voters, @ForAll boolean concerned) {
        assertThat(electorate(voters, concerned).needed()).isGreaterThan(Thresholds.faults(voters));
    }

    @Property
    void no_two_contrary_decisions_get_through_without_somebody_honest_in_both(
            @ForAll @IntRange(min = 1, max = 500) int voters, @ForAll boolean concerned) {
        Electorate electorate = electorate(voters, concerned);
        Assume.that(electorate.canDecide());

        int inBoth = 2 * electorate.needed() - electorate.size();

        assertThat(inBoth).isGreaterThan(Thresholds.faults(voters));
    }

    @Property
    void those_who_may_lie_are_too_few_to_prevent_a_decision(
            @ForAll @IntRange(min = 1, max = 500) int voters, @ForAll boolean concerned) {
        int liars = Thresholds.faults(voters);
        Assume.that(!concerned || liars > 0); // the one concerned is among the liars
        int honest = voters - liars;

        assertThat(honest).isGreaterThanOrEqualTo(electorate(voters, concerned).needed());
    }

    @Property
    void a_count_is_what_counting_by_hand_gives(
            @ForAll @IntRange(min = 1, max = 12) int voters,
            @ForAll boolean concerned,
            @ForAll Map<@IntRange(min = 1, max = 14) Integer, Vote> cast) {
        Electorate electorate = electorate(voters, concerned);
        Map<String, Vote> votes = new TreeMap<>();
        cast.forEach((member, vote) -> votes.put("m" + member, vote));
        int approving = 0;
        int silent = 0;
        for (int member = concerned ? 2 : 1; member <= voters; member++) {
            approving += votes.get("m" + member) == Vote.APPROVE ? 1 : 0;
            silent += votes.containsKey("m" + member) ? 0 : 1;
        }

        assertThat(electorate.count(votes))
                .isEqualTo(
                        approving >= electorate.needed()
                                ? Count.APPROVED
                                : approving + silent < electorate.needed() ? Count.REJECTED : Count.UNDECIDED);
    }

    @Test
    void who_is_concerned_but_no_voter_takes_nobodys_vote() {
        Electorate electorate = new Electorate(new TreeSet<>(Consortium.ids(4)), Optional.of("other"));

        assertThat(electorate.size()).isEqualTo(4);
        assertThat(electorate.needed()).isEqualTo(3);
        assertThat(electorate.has("other")).isFalse();
    }

    private static Electorate electorate(int voters, boolean concerned) {
        return new Electorate(new TreeSet<>(Consortium.ids(voters)), concerned ? Optional.of("m1") : Optional.empty());
    }
}
