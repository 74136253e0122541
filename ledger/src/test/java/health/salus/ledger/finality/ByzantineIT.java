package health.salus.ledger.finality;

import static health.salus.ledger.finality.FinalityIT.awaitFinal;
import static health.salus.ledger.finality.FinalityIT.committed;
import static health.salus.ledger.finality.Histories.assertOneFinalHistory;
import static health.salus.ledger.finality.Histories.await;
import static health.salus.ledger.finality.Histories.forged;
import static health.salus.ledger.finality.Histories.head;
import static health.salus.ledger.finality.Histories.signed;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.identity.P256PrivateKey;
import health.salus.ledger.Submission;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Contracts;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.testing.RegisterContract;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.testing.WitnessContract;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four nodes, of which one may do whatever it likes. */
class ByzantineIT {
    @TempDir
    private Path dir;

    private TestConsortium four;
    private TestMember liar;
    private List<TestMember> honest;

    @BeforeEach
    void make() {
        four = new TestConsortium(dir, 4);
        liar = four.member("n3");
        honest = four.members().subList(0, 3);
    }

    @AfterEach
    void end() {
        four.close();
    }

    @ParameterizedTest(name = "early {0}")
    @ValueSource(booleans = {true, false})
    void a_member_that_cosigns_two_roots_stops_nobody_and_is_named_to_everybody(boolean early) {
        honest.forEach(TestMember::start);
        Finality first = four.member("n0").ledger().finality();
        long size = head(four.member("n0").ledger()).size() + 2; // after a block of one transaction
        SignedNote lie = signed(liar.witness, forged(origin(), size), Instant.now());
        if (early) {
            first.receive(lie);
        }
        long height = commit(four.member("n1"));
        honest.forEach(member -> awaitFinal(member, height));
        assertThat(head(four.member("n0").ledger()).size()).isEqualTo(size);
        first.receive(lie);
        Checkpoint truth = new Checkpoint(origin(), head(four.member("n0").ledger()));
        SignedNote truthful = signed(liar.witness, truth, Instant.now());
        honest.forEach(member -> member.ledger().finality().receive(truthful));

        assertLiar(four.member("n0"), "n3");
        assertGoesOn();
    }

    @Test
    void evidence_needs_no_second_cosignature_of_the_liar_when_a_quorum_stands_on_the_other_side() {
        honest.forEach(TestMember::start);
        Finality first = four.member("n0").ledger().finality();
        first.receive(signed(
                liar.witness, forged(origin(), head(four.member("n0").ledger()).size() + 2), Instant.now()));
        long height = commit(four.member("n1"));
        honest.forEach(member -> awaitFinal(member, height));

        assertLiar(four.member("n0"), "n3");
    }

    @Test
    void a_member_that_executes_otherwise_stops_itself_and_nobody_else() {
        liar.rules(new Rules(
                Contracts.of(new Doubling(), new WitnessContract()),
                TestNetwork.RULES.versions(),
                TestNetwork.RULES.keys(),
                TestNetwork.RULES.genesis()));
        four.startAll();
        await(
                "the others' answers",
                () -> liar.ledger().finality().status().heard().containsAll(Set.of("n0", "n1", "n2")));
        four.deafen("n3"); // else it might hear of its error before it cosigns, and then it does not
        long height = commit(four.member("n0"));
        honest.forEach(member -> awaitFinal(member, height));
        await(
                "its cosignature",
                () -> four.told("n3")
                        .containsKey(head(four.member("n0").ledger()).size()));
        four.heal("n3");

        await("its end", () -> liar.ledger().failure().isPresent());
        assertThat(liar.ledger().failure()).containsInstanceOf(DivergenceException.class);
        assertThat(liar.ledger().finality().finalHeight()).isLessThan(height);
        assertLiar(four.member("n0"), "n3");
        assertGoesOn();
    }

    @Test
    void a_batch_altered_on_the_way_to_one_node_stops_that_one() {
        four.startAll();
        long before = commit(four.member("n0"));
        four.members().forEach(member -> awaitFinal(member, before));
        Proposal batch = batch(four.network.add(1, 1), four.network.add(2, 1));
        four.order.lieTo("n3", bytes -> reversed(bytes));
        four.order.inject(BatchCodec.encode(batch));

        honest.forEach(member -> awaitFinal(member, before + 1));
        await("its end", () -> liar.ledger().failure().isPresent());
        assertThat(liar.ledger().finality().finalHeight()).isEqualTo(before);
        assertOneFinalHistory(four.members());
        assertThat(liar.ledger().finality().status().contradicting()).hasSizeGreaterThan(1);
        assertGoesOn();
    }

    @Test
    void the_order_that_shows_half_of_the_nodes_another_batch_makes_nothing_final_any_more() {
        four.startAll();
        long before = commit(four.member("n0"));
        four.members().forEach(member -> awaitFinal(member, before));
        four.order.lieTo("n2", bytes -> reversed(bytes));
        four.order.lieTo("n3", bytes -> reversed(bytes));
        four.order.inject(BatchCodec.encode(batch(four.network.add(1, 1), four.network.add(2, 1))));

        // who sees two against it says no more, so that the last may only see that nothing is final
        await(
                "an end",
                () -> four.members().stream()
                        .anyMatch(member -> member.ledger().failure().isPresent()));
        four.members()
                .forEach(member ->
                        assertThat(member.ledger().finality().finalHeight()).isEqualTo(before));
        assertOneFinalHistory(four.members());
    }

    @Test
    void the_order_and_one_member_lying_together_make_only_one_side_final() {
        honest.forEach(TestMember::start);
        long before = commit(four.member("n0"));
        honest.forEach(member -> awaitFinal(member, before));
        four.order.lieTo("n2", bytes -> reversed(bytes));
        four.order.inject(BatchCodec.encode(batch(four.network.add(1, 1), four.network.add(2, 1))));
        honest.forEach(member -> await("its block", () -> member.ledger().height() == before + 1));
        for (TestMember member : honest) { // to each what it likes to hear
            member.ledger()
                    .finality()
                    .receive(signed(liar.witness, new Checkpoint(origin(), head(member.ledger())), Instant.now()));
        }

        awaitFinal(four.member("n0"), before + 1);
        awaitFinal(four.member("n1"), before + 1);
        await("its end", () -> four.member("n2").ledger().failure().isPresent());
        assertThat(four.member("n2").ledger().finality().finalHeight()).isEqualTo(before);
        assertOneFinalHistory(honest);
    }

    /** What is not promised: f + 1 members that lie together with the order. */
    @Test
    void two_liars_of_four_and_the_order_can_make_two_histories_final() {
        List<TestMember> two = four.members().subList(0, 2);
        List.of("n2", "n3").forEach(name -> four.mask(name, peer -> new LyingPeer(name, List::of)));
        two.forEach(TestMember::start);
        four.order.lieTo("n1", bytes -> reversed(bytes));
        four.order.inject(BatchCodec.encode(batch(four.network.add(1, 1), four.network.add(2, 1))));
        for (TestMember member : two) {
            await("its block", () -> member.ledger().height() == 1);
            for (String name : List.of("n2", "n3")) {
                member.ledger()
                        .finality()
                        .receive(signed(
                                four.member(name).witness,
                                new Checkpoint(origin(), head(member.ledger())),
                                Instant.now()));
            }
        }
        two.forEach(member -> awaitFinal(member, 1));

        assertThat(head(two.get(0).ledger())).isNotEqualTo(head(two.get(1).ledger()));
        Evidence both = new Evidence(
                two.get(0).ledger().finality().checkpoint().orElseThrow(),
                two.get(1).ledger().finality().checkpoint().orElseThrow());
        assertThat(both.judge(policy())).isEqualTo(new Evidence.Verdict.Liars(Set.of("n2", "n3")));
    }

    /** What is not promised either: that anything happens while those who order do nothing. */
    @Test
    void an_order_that_withholds_batches_makes_nothing_false() {
        four.startAll();
        long before = commit(four.member("n0"));
        four.members().forEach(member -> awaitFinal(member, before));
        four.order.available(false);
        Submission answer =
                four.member("n0").ledger().submit(four.network.add(1, 1).jws()).join();
        assertThat(answer).isInstanceOf(Submission.Refused.class);
        four.members()
                .forEach(member ->
                        assertThat(member.ledger().finality().finalHeight()).isEqualTo(before));
    }

    @Test
    void without_two_of_four_nothing_is_final_and_nothing_false_is() throws InterruptedException {
        List<TestMember> two = four.members().subList(0, 2);
        honest.forEach(TestMember::start);
        long before = commit(four.member("n0"));
        honest.forEach(member -> awaitFinal(member, before));
        four.member("n2").stop();
        long height = commit(four.member("n0"));
        for (TestMember member : two) {
            Finality finality = member.ledger().finality();
            finality.receive(
                    signed(liar.witness, forged(origin(), head(member.ledger()).size()), Instant.now()));
        }
        Thread.sleep(500);
        two.forEach(
                member -> assertThat(member.ledger().finality().finalHeight()).isLessThan(height));

        four.member("n2").start();

        honest.forEach(member -> awaitFinal(member, height));
        assertOneFinalHistory(honest);
    }

    @Test
    void what_was_true_before_says_nothing_when_it_is_said_again() {
        four.startAll();
        long old = commit(four.member("n0"));
        four.members().forEach(member -> awaitFinal(member, old));
        SignedNote checkpoint =
                four.member("n0").ledger().finality().checkpoint().orElseThrow();
        List<SignedNote> cosignatures = four.member("n0").ledger().finality().answer(List.of(), true);
        long height = commit(four.member("n0"));
        four.members().forEach(member -> awaitFinal(member, height));

        for (TestMember member : four.members()) {
            Finality finality = member.ledger().finality();
            SignedNote before = finality.checkpoint().orElseThrow();
            finality.receive(checkpoint);
            finality.answer(cosignatures, false);
            assertThat(finality.finalHeight()).isEqualTo(height);
            assertThat(finality.checkpoint()).contains(before);
            assertThat(finality.evidence()).isEmpty();
            assertThat(finality.status().recovering()).isFalse();
        }
    }

    @Test
    void forged_transactions_in_a_batch_are_rejected_alike_everywhere() {
        four.startAll();
        Transaction old = four.network.add(1, 1);
        long before = committed(four.member("n0").ledger().submit(old.jws())).height();
        four.members().forEach(member -> awaitFinal(member, before));
        P256PrivateKey unknown = P256PrivateKey.generate();
        byte[] spoilt = four.network.add(2, 1).jws();
        int at = spoilt.length - 20; // within the signature
        spoilt[at] = (byte) (spoilt[at] == 'A' ? 'B' : 'A');
        List<byte[]> transactions = List.of(
                four.network.add(3, 1).jws(),
                spoilt,
                four.network
                        .body("add", 4, 1)
                        .sign(unknown.publicKey().thumbprint(), unknown)
                        .jws(),
                "garbage".getBytes(StandardCharsets.US_ASCII),
                old.jws());
        four.order.inject(BatchCodec.encode(new Proposal(
                Instant.ofEpochMilli(System.currentTimeMillis()),
                clocks(),
                transactions.stream().map(Candidate::of).toList())));

        four.members().forEach(member -> awaitFinal(member, before + 1));

        BlockHeader header = four.member("n0").ledger().block(before + 1);
        assertThat(header.rejections().keySet()).containsExactly(1, 2, 3, 4);
        assertThat(header.rejections().get(4)).hasToString("replayed");
        assertOneFinalHistory(four.members());
        assertThat(TestNetwork.number(liar.ledger().state(), 2)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RuntimeException",
                "Garbage",
                "TooMany",
                "OtherLog",
                "Extension",
                "OtherKey",
                "NoCheckpoint",
                "Stuck"
            })
    void a_peer_that_answers_anything_harms_nobody(String how) {
        four.mask("n3", peer -> LyingPeer.of(how, four, liar));
        honest.forEach(TestMember::start);
        four.network.load(four.member("n0").ledger(), 20);
        long height = commit(four.member("n1"));
        honest.forEach(member -> awaitFinal(member, height));

        for (TestMember member : honest) {
            assertThat(member.ledger().failure()).isEmpty();
            assertThat(member.ledger().finality().evidence()).isEmpty();
            assertThat(member.ledger().finality().status().recovering()).isFalse();
        }
        assertGoesOn();
    }

    private void assertGoesOn() {
        long height = commit(four.member("n1"));
        honest.forEach(member -> awaitFinal(member, height));
        honest.forEach(member -> assertThat(member.ledger().failure()).isEmpty());
        assertOneFinalHistory(honest);
    }

    /** A third party, who has nothing but the evidence and the policy, names this one alone. */
    private void assertLiar(TestMember witness, String name) {
        await(
                "evidence",
                () -> witness.ledger().finality().evidence().stream()
                        .map(evidence -> Evidence.parse(evidence.encode()).judge(policy()))
                        .anyMatch(new Evidence.Verdict.Liars(Set.of(name))::equals));
        assertThat(witness.ledger().finality().evidence())
                .extracting(evidence -> evidence.judge(policy()))
                .allSatisfy(verdict -> {
                    if (verdict instanceof Evidence.Verdict.Liars(Set<String> names)) {
                        assertThat(names).containsExactly(name);
                    }
                });
    }

    private TrustPolicy policy() {
        return four.witnesses("n0", "n1", "n2", "n3").policy(origin());
    }

    private String origin() {
        return four.network.genesis.origin();
    }

    private long commit(TestMember member) {
        return committed(member.ledger().submit(four.network.add(5, 1).jws())).height();
    }

    private List<SignedNote> clocks() {
        return four.member("n0").ledger().finality().clocks();
    }

    private Proposal batch(Transaction... transactions) {
        List<Candidate> candidates = new ArrayList<>();
        for (Transaction transaction : transactions) {
            candidates.add(Candidate.of(transaction.jws()));
        }
        return new Proposal(Instant.ofEpochMilli(System.currentTimeMillis()), clocks(), candidates);
    }

    private static byte[] reversed(byte[] batch) {
        Proposal proposal = BatchCodec.decode(batch);
        return BatchCodec.encode(new Proposal(
                proposal.time(), proposal.clocks(), proposal.candidates().reversed()));
    }

    /** Adds twice as much. */
    private static final class Doubling implements Contract {
        private final RegisterContract register = new RegisterContract();

        @Override
        public String name() {
            return register.name();
        }

        @Override
        public int version() {
            return register.version();
        }

        @Override
        public Set<String> actions() {
            return register.actions();
        }

        @Override
        public Outcome apply(Call call, WorldState state) {
            register.apply(call, state);
            return register.apply(call, state);
        }
    }
}
