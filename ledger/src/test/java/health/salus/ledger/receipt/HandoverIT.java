package health.salus.ledger.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witnesses change from n0 to n0 and n1, and then to n1 alone. */
class HandoverIT {
    @TempDir
    private Path dir;

    private TestConsortium network;
    private TrustPolicy founder;
    private TrustPolicy successor;
    private Receipt early;
    private Receipt receipt;

    @BeforeEach
    void make() {
        network = new TestConsortium(dir.resolve("network"), 1);
        network.join("n1");
        network.startAll();
        founder = policy("n0");
        successor = policy("n1");
        early = committed(network.network.add(1, 1));
        committed(network.network.witnesses(network.witnesses("n0", "n1")));
        committed(network.network.witnesses(network.witnesses("n1")));
        receipt = committed(network.network.add(1, 1));
    }

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void each_handover_leads_to_the_next() {
        assertThat(receipt.handovers()).hasSize(2);
        assertThat(verified(receipt, founder)).isTrue();
        assertThat(verified(receipt, policy("n0", "n1"))).isTrue();
        assertThat(verified(receipt, successor)).isTrue();
        assertThat(verified(with(receipt.handovers().reversed()), founder)).isFalse();
        assertThat(verified(with(List.of()), founder)).isFalse();
        assertThat(verified(with(receipt.handovers().subList(0, 1)), founder)).isFalse();
        assertThat(verified(with(receipt.handovers().subList(1, 2)), founder)).isFalse();
    }

    @Test
    void what_is_said_twice_or_of_another_network_changes_nothing() {
        List<Handover> twice = new ArrayList<>(receipt.handovers());
        twice.addAll(receipt.handovers());
        assertThat(verified(with(twice), founder)).isTrue();
        try (TestConsortium other = new TestConsortium(dir.resolve("other"), 1)) {
            other.startAll();
            TestConsortium mine = network;
            network = other;
            committed(other.network.witnesses(other.witnesses("n0")));
            committed(other.network.add(1, 1));
            network = mine;
            List<Handover> foreign = new ArrayList<>(receipt.handovers());
            foreign.set(0, new Handover(foreign.get(0).header(), foreign.get(1).proof()));
            assertThat(verified(with(foreign), founder)).isFalse();
        }
    }

    @Test
    void a_handover_after_the_checkpoint_says_nothing() {
        Receipt withLater = new Receipt(
                early.transaction(), early.block(), early.transactionProof(), early.blockProof(), receipt.handovers());
        assertThat(verified(withLater, founder)).isTrue();
        assertThat(verified(withLater, successor)).isFalse();
    }

    @Test
    void no_altered_character_goes_unnoticed_by_those_who_trust_the_first() {
        byte[] file = receipt.encode().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < file.length; i += 3) {
            byte[] altered = file.clone();
            altered[i] ^= (byte) (1 << i % 7);
            assertThat(Receipt.check(new String(altered, StandardCharsets.UTF_8), founder)
                            .isVerified())
                    .as("byte %d of %d", i, file.length)
                    .isFalse();
        }
    }

    private TrustPolicy policy(String... names) {
        WitnessSet set = network.witnesses(names);
        return set.policy(network.network.genesis.origin());
    }

    private static boolean verified(Receipt receipt, TrustPolicy policy) {
        return Receipt.check(receipt.encode(), policy).isVerified();
    }

    private Receipt with(List<Handover> handovers) {
        return new Receipt(
                receipt.transaction(), receipt.block(), receipt.transactionProof(), receipt.blockProof(), handovers);
    }

    private Receipt committed(Transaction transaction) {
        Ledger ledger = network.members().getLast().ledger();
        Submission answer =
                ledger.submit(transaction.jws()).orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(answer).isInstanceOfSatisfying(Submission.Committed.class, committed -> {
            assertThat(committed.isAccepted()).isTrue();
            ledger.finality()
                    .whenFinal(committed.height())
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });
        return ledger.receipt(transaction.id()).orElseThrow();
    }
}
