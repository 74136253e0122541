package health.salus.ledger.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptIT {
    @TempDir
    private Path dir;

    private final TestNetwork network = new TestNetwork();
    private final TrustPolicy policy = TrustPolicy.of(network.signer.verifier());
    private Ledger ledger;

    @BeforeEach
    void begin() {
        ledger = network.create(dir.resolve("ledger"));
        for (int i = 0; i < 20; i++) {
            ledger.submit(network.add(i, 1).jws()).join();
        }
    }

    @AfterEach
    void end() {
        ledger.close();
    }

    @Test
    void a_receipt_shows_offline_what_became_of_a_transaction() {
        Transaction transaction = network.add(1, 2);
        ledger.submit(transaction.jws()).join();

        assertThat(Receipt.check(receipt(transaction), policy))
                .isInstanceOfSatisfying(ReceiptCheck.Verified.class, verified -> {
                    assertThat(verified.transaction()).isEqualTo(transaction.id());
                    assertThat(verified.height()).isEqualTo(21);
                    assertThat(verified.rejection()).isEmpty();
                });
    }

    @Test
    void a_receipt_of_a_rejected_transaction_says_so() {
        Transaction transaction = network.add(1, 13);
        ledger.submit(transaction.jws()).join();

        assertThat(Receipt.check(receipt(transaction), policy))
                .isInstanceOfSatisfying(
                        ReceiptCheck.Verified.class,
                        verified -> assertThat(verified.rejection()).hasToString("Optional[unlucky]"));
    }

    @Test
    void no_flipped_bit_goes_unnoticed() {
        Transaction transaction = network.add(1, 2);
        ledger.submit(transaction.jws()).join();
        byte[] file = receipt(transaction).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < file.length; i++) {
            byte[] altered = file.clone();
            altered[i] ^= (byte) (1 << i % 8);

            assertThat(Receipt.check(new String(altered, StandardCharsets.UTF_8), policy)
                            .isVerified())
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void a_receipt_cut_short_or_by_another_log_is_refused() {
        Transaction transaction = network.add(1, 2);
        ledger.submit(transaction.jws()).join();
        String file = receipt(transaction);
        NoteSigner other = NoteSigner.generate(network.genesis.origin(), new SecureRandom());

        assertThat(Receipt.check(file, TrustPolicy.of(other.verifier())).isVerified())
                .isFalse();
        for (int length = 0; length < file.length(); length += 7) {
            assertThat(Receipt.check(file.substring(0, length), policy).isVerified())
                    .isFalse();
        }
    }

    @Test
    void there_is_no_receipt_for_what_is_not_in_the_log() {
        assertThat(ledger.receipt(Sha256.of())).isEmpty();
    }

    private String receipt(Transaction transaction) {
        return ledger.receipt(transaction.id()).orElseThrow().encode();
    }
}
