package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.network.Consortium.approve;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.ledger.finality.Thresholds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** For every kind of change and every number of voters: how few cannot make it, and how many can. */
class ThresholdPropertyTest {
    private static final Map<Integer, TestNetwork> NETWORKS = new ConcurrentHashMap<>();
    private static final String GUEST = "guest";

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void no_third_of_the_voters_passes_anything_alone(
            @ForAll @IntRange(min = 1, max = 31) int voters,
            @ForAll Change.Type type,
            @ForAll @IntRange(max = 2) int shuffle) {
        Assume.that(canComeUp(type, voters));
        List<String> colluding = shuffled(voters, shuffle).subList(0, Thresholds.faults(voters));

        String outcome = approve(network(voters), change(type, voters), colluding);

        assertThat(outcome).isIn("OPEN", "nobody", "abstains", "too-few-voters");
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void one_fewer_than_needed_does_not_pass_anything(
            @ForAll @IntRange(min = 1, max = 31) int voters, @ForAll Change.Type type) {
        Assume.that(canComeUp(type, voters));
        Change change = change(type, voters);
        TestNetwork network = network(voters);
        Electorate electorate = Electorate.on(change, new Members(network.state()));
        List<String> others =
                shuffled(voters, 0).stream().filter(electorate::has).toList();

        String outcome = approve(network, change, others.subList(0, Math.min(others.size(), electorate.needed() - 1)));

        assertThat(outcome).isIn("OPEN", "nobody", "too-few-voters");
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void two_thirds_of_the_voters_and_one_more_who_are_not_concerned_can_pass_everything(
            @ForAll @IntRange(min = 1, max = 31) int voters,
            @ForAll Change.Type type,
            @ForAll @IntRange(max = 2) int shuffle) {
        Assume.that(canComeUp(type, voters));
        Change change = change(type, voters);
        TestNetwork network = network(voters);
        List<String> others = shuffled(voters, shuffle).stream()
                .filter(member -> !change.concerned().equals(Optional.of(member)))
                .toList();
        boolean enough = others.size() >= Thresholds.quorum(voters);
        boolean bothOthersOfThree = voters == 3;
        Assume.that(enough || bothOthersOfThree);

        String outcome = approve(network, change, enough ? others.subList(0, Thresholds.quorum(voters)) : others);

        assertThat(outcome).isEqualTo("ACCEPTED");
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void neither_of_two_throws_out_the_other_and_the_last_one_stays(
            @ForAll @IntRange(min = 1, max = 2) int voters, @ForAll Change.Type type) {
        Change change = change(type, voters);
        Assume.that(change.concerned().filter(id -> !id.equals(GUEST)).isPresent());

        for (String member : Consortium.ids(voters)) {
            assertThat(approve(network(voters), change, List.of(member))).isEqualTo("too-few-voters");
        }
    }

    /** Where one organization is active, none was suspended: two would have had to agree. */
    private static boolean canComeUp(Change.Type type, int voters) {
        return type != Change.Type.RESTORE_ORGANIZATION || voters > 1;
    }

    private static Change change(Change.Type type, int voters) {
        String last = "m" + voters;
        return switch (type) {
            case ADMIT_ORGANIZATION -> new Change.AdmitOrganization(TestNetwork.organization("lab"));
            case REMOVE_ORGANIZATION -> new Change.RemoveOrganization(last);
            case SUSPEND_ORGANIZATION -> new Change.SuspendOrganization(last);
            case RESTORE_ORGANIZATION -> new Change.RestoreOrganization(GUEST);
            case REPLACE_AUTHORITIES -> new Change.ReplaceAuthorities(last, List.of(key("replacement")));
            case SET_QUORUM -> new Change.SetQuorum(voters);
            case ACTIVATE_CONTRACT -> new Change.ActivateContract("records", 2, 1_000_000);
        };
    }

    private static TestNetwork network(int voters) {
        return NETWORKS.computeIfAbsent(voters, ThresholdPropertyTest::found).copy();
    }

    /** So many voters with nodes, and, from two on, a suspended member without. */
    private static TestNetwork found(int voters) {
        TestNetwork network = Consortium.of(voters, true);
        List<String> all = Consortium.ids(voters);
        if (voters > 1) {
            assertThat(approve(network, new Change.AdmitOrganization(TestNetwork.organization(GUEST)), all))
                    .isEqualTo("ACCEPTED");
            assertThat(approve(network, new Change.SuspendOrganization(GUEST), all))
                    .isEqualTo("ACCEPTED");
        }
        return network;
    }

    private static List<String> shuffled(int voters, int shuffle) {
        List<String> ids = new ArrayList<>(Consortium.ids(voters));
        Collections.shuffle(ids, new Random(31L * shuffle + voters));
        return ids;
    }
}
