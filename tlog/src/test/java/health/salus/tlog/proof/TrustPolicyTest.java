package health.salus.tlog.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.tlog.merkle.ReferenceTree;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoteSigner LOG = NoteSigner.generate("example.org/log", RANDOM);
    private static final List<String> NAMES = List.of("X1", "X2", "X3", "Y1", "Y2", "Y3");
    private static final List<CosignatureSigner> WITNESSES = NAMES.stream()
            .map(name -> CosignatureSigner.generate("example.org/" + name, RANDOM))
            .toList();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** The example of c2sp.org/tlog-policy, with keys. */
    private static final String PUBLISHED = "# two organizations\n" + definitions()
            + "group X-witnesses 2 X1 X2 X3\n\n"
            + "group Y-witnesses any Y1 Y2 Y3\n"
            + "\tgroup  X-and-Y \t all X-witnesses Y-witnesses \n"
            + "quorum X-and-Y\n";

    private static String definitions() {
        StringBuilder lines = new StringBuilder("log " + LOG.verifier().vkey() + " https://log.example.org/\n");
        for (int i = 0; i < NAMES.size(); i++) {
            lines.append("witness ")
                    .append(NAMES.get(i))
                    .append(' ')
                    .append(WITNESSES.get(i).verifier().vkey())
                    .append('\n');
        }
        return lines.toString();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    '', false
                    X1 X2, false
                    Y1, false
                    X1 Y1 Y2 Y3, false
                    X1 X1 Y1, false
                    X1 X3 Y2, true
                    X1 X2 X3 Y1 Y2 Y3, true
                    """)
    void the_published_policy_wants_two_of_one_and_one_of_the_other(String cosigners, boolean trusted) {
        TrustPolicy policy = parse(PUBLISHED);
        Set<String> names =
                cosigners.isEmpty() ? Set.of() : Set.copyOf(new java.util.HashSet<>(List.of(cosigners.split(" "))));
        PolicyCheck check = policy.check(note(cosigners));
        assertThat(check.isTrusted()).isEqualTo(trusted);
        if (check instanceof PolicyCheck.Trusted(Checkpoint checkpoint, Set<String> witnesses)) {
            assertThat(checkpoint.size()).isEqualTo(5);
            assertThat(witnesses).isEqualTo(names);
        }
    }

    @Test
    void without_a_quorum_the_signature_of_a_log_is_enough_and_needed() {
        TrustPolicy policy = parse(definitions() + "quorum none\n");
        assertThat(policy.check(note("")).isTrusted()).isTrue();
        String text = note("").text();
        SignedNote onlyCosigned =
                new SignedNote(text, List.of(WITNESSES.getFirst().sign(text, NOON)));
        assertThat(policy.check(onlyCosigned).isTrusted()).isFalse();
    }

    @Test
    void a_single_witness_can_be_the_quorum() {
        TrustPolicy policy = parse(definitions() + "quorum Y3\n");
        assertThat(policy.check(note("Y2")).isTrusted()).isFalse();
        assertThat(policy.check(note("Y3")).isTrusted()).isTrue();
    }

    @Test
    void a_failing_cosignature_of_a_known_witness_refuses_the_checkpoint() {
        SignedNote note = note("X1 X2 Y1").with(WITNESSES.get(5).sign("another text\n", NOON));
        assertThat(parse(PUBLISHED).check(note).isTrusted()).isFalse();
    }

    @Test
    void cosignatures_of_strangers_do_not_count() {
        String text = note("").text();
        CosignatureSigner stranger = CosignatureSigner.generate("example.org/Y1", RANDOM);
        assertThat(parse(PUBLISHED)
                        .check(note("X1 X2").with(stranger.sign(text, NOON)))
                        .isTrusted())
                .isFalse();
    }

    @Test
    void the_key_of_one_log_does_not_speak_for_another_origin() {
        SignedNote foreign =
                new Checkpoint("example.org/other", ReferenceTree.of(5).head(5)).sign(LOG);
        assertThat(parse(definitions() + "quorum none\n").check(foreign).isTrusted())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum Z\n",
                "quorum none\nquorum none\n",
                "quorum none none\n",
                "Quorum none\n",
                "quorum none\r\n",
                "group g 0 X1\nquorum g\n",
                "group g 2 X1\nquorum g\n",
                "group g 01 X1\nquorum g\n",
                "group g any\nquorum g\n",
                "group g any none\nquorum g\n",
                "group g any g\nquorum g\n",
                "group none any X1\nquorum none\n",
                "group X1 any X2\nquorum X1\n",
                "group g any X1 X1\nquorum g\n",
                "group g any X1\ngroup h any X1\nquorum h\n",
                "quorum g\ngroup g any X1\n",
                "log x\nquorum none\n",
                "witness none x\nquorum none\n"
            })
    void malformed_policies_are_refused(String lines) {
        assertThatThrownBy(() -> parse(definitions() + lines)).isInstanceOf(PolicyException.class);
    }

    @Test
    void a_key_may_stand_once_and_in_its_own_kind_of_line() {
        String log = LOG.verifier().vkey();
        String witness = WITNESSES.getFirst().verifier().vkey();
        for (String line : List.of("log " + log, "witness Z " + witness, "log " + witness, "witness Z " + log)) {
            assertThatThrownBy(() -> parse(definitions() + line + "\nquorum none\n"))
                    .isInstanceOf(PolicyException.class)
                    .hasMessageContaining("line 8");
        }
    }

    @Test
    void names_are_octets() {
        String vkey = WITNESSES.getFirst().verifier().vkey();
        String lines = "witness \u212a " + vkey + "\nquorum \u212a\n";
        assertThat(parse("log " + LOG.verifier().vkey() + "\n" + lines)
                        .check(note("X1"))
                        .isTrusted())
                .isTrue();
        assertThatThrownBy(() -> parse(lines.replace("quorum \u212a", "quorum K")))
                .isInstanceOf(PolicyException.class);
    }

    private static TrustPolicy parse(String file) {
        return TrustPolicy.parse(file.getBytes(StandardCharsets.UTF_8));
    }

    private static SignedNote note(String cosigners) {
        SignedNote note =
                new Checkpoint(LOG.verifier().name(), ReferenceTree.of(5).head(5)).sign(LOG);
        List<String> names = cosigners.isEmpty() ? List.of() : new ArrayList<>(List.of(cosigners.split(" ")));
        for (String name : names) {
            note = note.with(WITNESSES.get(NAMES.indexOf(name)).sign(note.text(), NOON));
        }
        return note;
    }
}
