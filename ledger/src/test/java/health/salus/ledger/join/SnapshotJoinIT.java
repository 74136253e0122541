package health.salus.ledger.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.event.Cursor;
import health.salus.ledger.finality.DivergenceException;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.state.StateNotKeptException;
import health.salus.ledger.state.StateValues;
import health.salus.ledger.state.VersionedState;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Progress;
import health.salus.ledger.verify.Verification;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotJoinIT {
    private static final int TRANSACTIONS = 700; // two full bundles and some

    /** Three members with changes of the witnesses among their blocks, all of which are final. */
    private static TestConsortium network;

    @BeforeAll
    static void load(@TempDir Path dir) {
        network = new TestConsortium(dir, 3);
        network.startAll();
        TestMember first = network.member("n0");
        network.network.load(first.ledger(), TRANSACTIONS);
        injectWhatNobodyWouldPropose();
        change(2);
        change(3);
        long height = commit(first, network.network.add(1, 1));
        network.members().forEach(member -> awaitFinal(member, height));
    }

    private static void injectWhatNobodyWouldPropose() {
        Transaction twice = network.network.add(5, 1);
        byte[] spoilt = network.network.add(6, 1).jws();
        System.arraycopy(network.network.add(7, 1).jws(), spoilt.length - 86, spoilt, spoilt.length - 86, 86);
        List<Candidate> batch = Stream.of(twice.jws(), spoilt, twice.jws(), new byte[] {'?'})
                .map(Candidate::of)
                .toList();
        network.order.inject(BatchCodec.encode(new Proposal(Instant.now(), List.of(), batch)));
        network.order.inject(BatchCodec.encode(new Proposal(Instant.now(), List.of(), batch)));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void a_new_node_takes_a_snapshot_across_changes_of_the_members_and_cosigns_with_the_others() throws Exception {
        TestMember first = network.member("n0");
        TestMember late = network.join("n3");
        Transaction old = network.network.add(1, 1);
        long height = commit(first, old);
        awaitFinal(first, height);

        assertThat(join(late)).isTrue();

        Ledger ledger = late.start();
        assertThat(ledger.lastBlock()).isEqualTo(first.ledger().lastBlock());
        assertThat(ledger.finality().finalHeight()).isEqualTo(height);
        assertThat(Receipt.check(
                                ledger.finalReceipt(old.id()).orElseThrow().encode(),
                                network.witnesses("n0", "n1", "n2").policy(network.network.genesis.origin()))
                        .isVerified())
                .isTrue();
        assertThat(network.told("n3")).isEmpty();
        assertThat(ledger.submit(old.jws()).join())
                .isEqualTo(first.ledger().transaction(old.id()).orElseThrow());
        change(4);
        awaitFinal(late, commit(first, network.network.add(2, 5)));
        assertThat(TestNetwork.number(ledger.state(), 2))
                .isEqualTo(TestNetwork.number(first.ledger().state(), 2));
        await("cosignature of the new node", () -> !network.told("n3").isEmpty());
        change(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "value left out", "tile of entries", "tile of hashes", "checkpoint", "handover"})
    void what_was_altered_is_refused_and_another_node_asked(String what) throws Exception {
        TestMember late = network.join("late-" + what.replace(' ', '-'));
        UnaryOperator<Peer> lie = switch (what) {
            case "value" -> AlteredPeer.mask("snapshots", SnapshotJoinIT::flipped);
            case "value left out" -> AlteredPeer.mask("snapshots", SnapshotJoinIT::withoutTheLast);
            case "tile of entries" -> AlteredPeer.mask("tile/entries/000", SnapshotJoinIT::flipped);
            case "tile of hashes" -> AlteredPeer.mask("tile/1/", SnapshotJoinIT::flipped);
            case "checkpoint" -> AlteredPeer.mask("checkpoint", SnapshotJoinIT::withOneSignature);
            case "handover" -> AlteredPeer.mask("handovers", SnapshotJoinIT::withOneSignature);
            default -> throw new IllegalArgumentException(what);
        };
        maskAll(lie);

        assertThat(join(late)).as("all lie in the same way").isFalse();
        assertThat(late.directory()).doesNotExist();

        network.mask("n2", UnaryOperator.identity());
        assertThat(join(late)).as("one doesn't").isTrue();
        assertThat(late.start().lastBlock())
                .isEqualTo(network.member("n0").ledger().lastBlock());
        late.stop();
        maskAll(UnaryOperator.identity());
    }

    @Test
    void what_an_interrupted_join_has_taken_is_not_fetched_again() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        UnaryOperator<Peer> counting = AlteredPeer.mask("tile/entries/001", tile -> {
            fetched.incrementAndGet();
            return tile;
        });
        TestMember late = network.join("interrupted");
        maskAll(peer -> new AlteredPeer(counting.apply(peer), "snapshots", SnapshotJoinIT::lost));
        assertThat(join(late)).isFalse();
        assertThat(fetched.getAndSet(0)).isEqualTo(1);

        maskAll(counting);
        assertThat(join(late)).isTrue();

        assertThat(fetched.get()).isZero();
        maskAll(UnaryOperator.identity());
    }

    @Test
    void a_node_that_took_a_snapshot_has_every_earlier_state_once_it_has_executed_what_is_before(@TempDir Path scratch)
            throws Exception {
        TestMember late = network.join("filled");
        assertThat(join(late)).isTrue();
        long taken;
        try (VersionedState state = VersionedState.open(late.directory().resolve("state"))) {
            taken = state.first();
            assertThat(taken).isEqualTo(state.height());
            assertThatThrownBy(() -> state.at(taken - 1)).isInstanceOf(StateNotKeptException.class);
        }
        assertThat(verify(late, scratch.resolve("before"))).isInstanceOf(Verification.Clean.class);

        Ledger other = network.member("n0").ledger();
        commit(network.member("n0"), network.network.add(1, 1)); // after which the snapshot's version is history
        Ledger ledger = late.start();
        await("all states", () -> ledger.firstState() == 0);

        for (long height = 0; height <= taken; height++) {
            assertThat(TestNetwork.number(ledger.state(height), 1))
                    .isEqualTo(TestNetwork.number(other.state(height), 1));
        }
        assertThat(ledger.events(new Cursor(1, 0)).next(Duration.ofSeconds(10)))
                .isEqualTo(other.events(new Cursor(1, 0)).next(Duration.ofSeconds(10)));
        late.stop();
        assertThat(verify(late, scratch.resolve("after"))).isInstanceOf(Verification.Clean.class);
        assertThat(late.directory().resolve("earlier")).doesNotExist();
    }

    @Test
    void a_node_that_was_away_takes_a_snapshot_and_goes_on_executing_from_where_it_was(@TempDir Path scratch)
            throws Exception {
        TestMember away = network.join("away");
        away.start().follow();
        away.stop();
        long left = height(away.directory().resolve("state"));
        Path evidence = Path.of("finality", "evidence-0123456789abcdef");
        Files.writeString(away.directory().resolve(evidence), "kept");
        awaitFinal(network.member("n0"), commit(network.member("n0"), network.network.add(3, 3)));

        assertThat(join(away)).isTrue();
        assertThat(away.directory().resolve(evidence)).hasContent("kept");
        assertThat(height(away.directory().resolve("earlier"))).isEqualTo(left);
        Ledger ledger = away.start();
        await("all states", () -> ledger.firstState() == 0);
        away.stop();

        assertThat(verify(away, scratch)).isInstanceOf(Verification.Clean.class);
    }

    @Test
    void the_last_blocks_may_change_the_members() throws Exception {
        TestMember late = network.join("just-then");
        change(2);
        change(3);

        assertThat(join(late)).isTrue();

        Ledger ledger = late.start();
        Ledger other = network.member("n0").ledger();
        assertThat(ledger.lastBlock()).isEqualTo(other.lastBlock());
        assertThat(ledger.finality().finalHeight()).isEqualTo(other.height());
        assertThat(ledger.finality().handovers()).isEqualTo(other.finality().handovers());
        late.stop();
    }

    @Test
    void a_node_whose_execution_gives_something_else_than_the_snapshot_stops_and_cosigns_nothing() throws Exception {
        TestMember late = network.join("other");
        late.rules(new Rules(
                TestNetwork.RULES.contracts(),
                TestNetwork.RULES.versions(),
                (state, kid, time) -> Optional.empty(),
                TestNetwork.RULES.genesis()));
        awaitFinal(network.member("n0"), commit(network.member("n0"), network.network.add(1, 1)));
        assertThat(join(late)).isTrue();

        Ledger ledger = late.start();

        await("its end", () -> ledger.failure().isPresent());
        assertThat(ledger.failure()).containsInstanceOf(DivergenceException.class);
        assertThat(network.told("other")).isEmpty();
        late.stop();
    }

    private static long height(Path directory) {
        try (VersionedState state = VersionedState.openReadOnly(directory)) {
            return state.height();
        }
    }

    private static Verification verify(TestMember member, Path scratch) {
        try (StoppedLog log = StoppedLog.open(
                member.directory().resolve("log"), network.network.genesis.origin(), member.log.verifier())) {
            return new LedgerVerifier(log, TestNetwork.RULES, scratch, 2, Progress.NONE)
                    .verify(member.directory().resolve("state"));
        }
    }

    private static void maskAll(UnaryOperator<Peer> mask) {
        network.members().forEach(member -> network.mask(member.name, mask));
    }

    private static byte[] flipped(byte[] answer) {
        byte[] other = answer.clone();
        if (other.length > 0) {
            other[other.length - 2] ^= 1;
        }
        return other;
    }

    private static byte[] withoutTheLast(byte[] answer) {
        List<StateValues.Value> values =
                new ArrayList<>(StateValues.parse(answer).values());
        if (!values.isEmpty()) {
            values.removeLast();
        }
        return new StateValues(values).encode();
    }

    private static byte[] withOneSignature(byte[] answer) {
        SignedNote note = SignedNote.parse(answer);
        return new SignedNote(note.text(), note.signatures().subList(0, 2))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] lost(byte[] answer) throws IOException {
        throw new IOException("connection lost");
    }

    private static boolean join(TestMember member) throws InterruptedException {
        return new SnapshotJoin(
                        member.directory(),
                        network.network.genesis,
                        member.log,
                        TestNetwork.RULES,
                        member.membership(),
                        new SnapshotJoin.Worth(1, 1_000_000))
                .run();
    }

    private static void change(int members) {
        WitnessSet next = network.witnesses(
                IntStream.range(0, members).mapToObj(i -> "n" + i).toArray(String[]::new));
        TestMember first = network.member("n0");
        awaitFinal(first, commit(first, network.network.witnesses(next)));
    }

    private static long commit(TestMember member, Transaction transaction) {
        return ((Submission.Committed) member.ledger().submit(transaction.jws()).join()).height();
    }

    private static void awaitFinal(TestMember member, long height) {
        await(member.name + " final", () -> member.ledger().finality().finalHeight() >= height);
    }

    private static void await(String what, BooleanSupplier holds) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
