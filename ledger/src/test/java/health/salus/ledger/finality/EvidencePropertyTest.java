package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Sha256;
import health.salus.ledger.finality.Evidence.Verdict;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EvidencePropertyTest {
    private static final TestWitnesses SEVEN = new TestWitnesses(7); // quorum 5, 2 may lie
    private static final TrustPolicy POLICY = SEVEN.set.policy(TestWitnesses.ORIGIN);

    @Property(tries = 300)
    void who_cosigned_one_root_and_not_against_a_final_one_is_never_called_a_liar(
            @ForAll @Size(max = 7) Set<@IntRange(max = 6) Integer> signedOne,
            @ForAll @Size(max = 7) Set<@IntRange(max = 6) Integer> signedOther,
            @ForAll @IntRange(min = 1, max = 2) int otherSize) {
        Evidence evidence = new Evidence(
                SEVEN.note(checkpoint(1, "one"), signedOne), SEVEN.note(checkpoint(otherSize, "other"), signedOther));

        Verdict verdict = evidence.judge(POLICY);

        Set<String> liars = verdict instanceof Verdict.Liars(Set<String> names) ? names : Set.of();
        for (int member = 0; member < 7; member++) {
            boolean both = signedOne.contains(member) && signedOther.contains(member);
            boolean against = (signedOne.contains(member) && signedOther.size() >= 5)
                    || (signedOther.contains(member) && signedOne.size() >= 5);
            boolean mustNotBeNamed = otherSize == 2 || !(both || against);
            if (mustNotBeNamed) {
                assertThat(liars).doesNotContain(TestWitnesses.name(member));
            } else if (both) {
                assertThat(liars).contains(TestWitnesses.name(member));
            }
        }
        assertThat(Evidence.parse(evidence.encode())).isEqualTo(evidence);
    }

    @Example
    void nobody_is_named_by_signatures_that_were_moved_or_by_another_log() {
        SignedNote one = SEVEN.note(checkpoint(1, "one"), Set.of(0, 1));
        SignedNote other = SEVEN.note(checkpoint(1, "other"), Set.of(2));
        SignedNote moved = other.with(one.signatures().get(1)); // by member 0 over the one text
        assertThat(new Evidence(one, moved).judge(POLICY)).isNotInstanceOf(Verdict.Liars.class);
        Checkpoint foreign =
                new Checkpoint("example.org/log", checkpoint(1, "other").head());
        assertThat(new Evidence(one, SEVEN.note(foreign, Set.of(0))).judge(POLICY))
                .isInstanceOf(Verdict.Nothing.class);
        assertThat(new Evidence(one, one).judge(POLICY)).isInstanceOf(Verdict.Nothing.class);
        SignedNote text = new SignedNote("no checkpoint\n", one.signatures());
        assertThat(new Evidence(one, text).judge(POLICY)).isInstanceOf(Verdict.Nothing.class);
    }

    @Example
    void two_minorities_are_a_fork_and_one_alone_is_nothing() {
        SignedNote one = SEVEN.note(checkpoint(1, "one"), Set.of(0, 1));
        assertThat(new Evidence(one, SEVEN.note(checkpoint(1, "other"), Set.of(2))).judge(POLICY))
                .isEqualTo(new Verdict.Fork(Set.of("m00", "m01"), Set.of("m02")));
        assertThat(new Evidence(one, SEVEN.note(checkpoint(1, "other"), Set.of())).judge(POLICY))
                .isInstanceOf(Verdict.Nothing.class);
    }

    @Example
    void a_file_that_was_cut_or_altered_is_refused_or_accuses_nobody_else() {
        SignedNote one = SEVEN.note(checkpoint(1, "one"), Set.of(0, 1, 2, 3, 4));
        String file = new Evidence(one, SEVEN.note(checkpoint(1, "other"), Set.of(6))).encode();
        assertThat(Evidence.parse(file).judge(POLICY)).isEqualTo(new Verdict.Liars(Set.of("m06")));
        for (int i = 0; i < file.length(); i++) {
            Set<String> named = new TreeSet<>(judged(file.substring(0, i)));
            named.addAll(judged(file.substring(0, i) + (char) (file.charAt(i) ^ 1) + file.substring(i + 1)));
            assertThat(named).as("character %d", i).isSubsetOf("m06");
        }
        assertThatThrownBy(() -> Evidence.parse("")).isInstanceOf(NoteException.class);
    }

    private static Set<String> judged(String file) {
        try {
            return Evidence.parse(file).judge(POLICY) instanceof Verdict.Liars(Set<String> names) ? names : Set.of();
        } catch (NoteException e) {
            return Set.of();
        }
    }

    private static Checkpoint checkpoint(long size, String what) {
        return new Checkpoint(
                TestWitnesses.ORIGIN,
                new TreeHead(size, Sha256.of(what.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
