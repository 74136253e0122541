package health.salus.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.LogReader;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.TileLog;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witnesses change from n0 to n0 and n1, and then to n1 alone, whose log is looked at. */
class FinalityProofIT {
    @TempDir
    private Path dir;

    private TestConsortium network;
    private TrustPolicy founder;
    private TrustPolicy successor;

    @BeforeEach
    void make() {
        network = new TestConsortium(dir.resolve("network"), 1);
        network.join("n1");
        network.startAll();
        founder = policy("n0");
        successor = policy("n1");
        committed(network.network.add(1, 1));
        committed(network.network.witnesses(network.witnesses("n0", "n1")));
        committed(network.network.witnesses(network.witnesses("n1")));
        committed(network.network.add(1, 1));
    }

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void an_export_shows_to_who_trusts_any_witnesses_that_it_is_final() throws IOException {
        Path export = dir.resolve("export");
        ledger().export(export);

        FinalityProof proof = FinalityProof.read(export).orElseThrow();

        assertThat(proof.handovers()).containsOnlyKeys(2L, 3L);
        for (TrustPolicy policy : new TrustPolicy[] {founder, policy("n0", "n1"), successor}) {
            assertThat(check(export, proof, policy))
                    .isEqualTo(new FinalityCheck.Final(4, ledger().lastBlock().index() + 1, Set.of("n1")));
        }
        assertThat(check(export, proof, policyOfAnotherNetwork())).isInstanceOf(FinalityCheck.NotFinal.class);
    }

    @Test
    void without_a_handover_only_those_who_trust_its_successors_are_shown_anything() throws IOException {
        Path export = dir.resolve("export");
        ledger().export(export);
        Files.delete(export.resolve("finality/handover-2"));

        FinalityProof proof = FinalityProof.read(export).orElseThrow();

        assertThat(check(export, proof, founder))
                .isInstanceOfSatisfying(
                        FinalityCheck.NotFinal.class,
                        refused ->
                                assertThat(refused.reason()).contains("with 1 handovers", "a policy of the witnesses"));
        assertThat(check(export, proof, policy("n0", "n1"))).isInstanceOf(FinalityCheck.Final.class);
    }

    @Test
    void a_stopped_node_and_a_snapshot_restored_show_the_same_and_no_memory_of_cosignatures_is_copied()
            throws IOException {
        Path snapshot = dir.resolve("snapshot");
        Path restored = dir.resolve("restored");
        ledger().snapshot(snapshot);
        Ledger.restore(snapshot, restored);
        network.member("n1").stop();

        for (Path copy : new Path[] {network.member("n1").directory(), snapshot, restored}) {
            FinalityProof proof = FinalityProof.read(copy).orElseThrow();
            assertThat(proof.handovers()).containsOnlyKeys(2L, 3L);
            try (StoppedLog log = StoppedLog.open(copy.resolve("log"), proof.origin())) {
                assertThat(proof.check(log, founder))
                        .isInstanceOfSatisfying(
                                FinalityCheck.Final.class,
                                found -> assertThat(found.height()).isEqualTo(4));
            }
        }
        assertThat(snapshot)
                .isDirectoryNotContaining(file -> !Set.of("log", "state", "finality")
                        .contains(file.getFileName().toString()));
    }

    @Test
    void what_came_after_the_newest_final_checkpoint_is_not_final() {
        Path export = dir.resolve("export");
        SignedNote before = ledger().finality().checkpoint().orElseThrow();
        committed(network.network.add(1, 1));
        ledger().export(export);

        FinalityProof earlier = new FinalityProof(before, ledger().finality().handovers());

        assertThat(check(export, earlier, founder))
                .isInstanceOfSatisfying(
                        FinalityCheck.Final.class,
                        found -> assertThat(found.height()).isEqualTo(4));
    }

    @Test
    void a_log_that_lacks_what_was_cosigned_or_has_something_else_is_contradicted() {
        Path shorter = dir.resolve("shorter");
        ledger().export(shorter);
        committed(network.network.add(1, 1));
        SignedNote newest = ledger().finality().checkpoint().orElseThrow();
        FinalityProof proof = new FinalityProof(newest, Collections.unmodifiableSortedMap(new TreeMap<>()));

        assertThat(check(shorter, proof, successor))
                .isInstanceOfSatisfying(
                        FinalityCheck.Contradicted.class,
                        refused -> assertThat(refused.what()).contains("but the log has"));
        try (TileLog other = TileLog.open(dir.resolve("other"), proof.origin(), network.member("n1").log)) {
            other.append(IntStream.rangeClosed(
                            0, (int) Checkpoint.parse(newest.text()).size())
                    .mapToObj(i -> ("entry " + i).getBytes(StandardCharsets.UTF_8))
                    .toList());
            assertThat(proof.check(other, successor))
                    .isInstanceOfSatisfying(
                            FinalityCheck.Contradicted.class,
                            refused -> assertThat(refused.what()).contains("another root"));
        }
    }

    private FinalityCheck check(Path export, FinalityProof proof, TrustPolicy policy) {
        return proof.check(
                LogReader.open(
                        TileSource.directory(export),
                        network.network.genesis.origin(),
                        network.member("n1").log.verifier()),
                policy);
    }

    private Ledger ledger() {
        return network.member("n1").ledger();
    }

    private TrustPolicy policy(String... names) {
        return network.witnesses(names).policy(network.network.genesis.origin());
    }

    private TrustPolicy policyOfAnotherNetwork() {
        try (TestConsortium other = new TestConsortium(dir.resolve("foreign"), 1)) {
            return other.witnesses("n0").policy(other.network.genesis.origin());
        }
    }

    private void committed(Transaction transaction) {
        Submission answer = ledger().submit(transaction.jws())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(answer).isInstanceOfSatisfying(Submission.Committed.class, committed -> {
            assertThat(committed.isAccepted()).isTrue();
            ledger().finality()
                    .whenFinal(committed.height())
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });
    }
}
