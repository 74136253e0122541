package health.salus.cli.receipt;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.cli.ledger.SmallLedger;
import health.salus.tlog.note.NoteSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptCommandsIT {
    @TempDir
    static Path dir;

    private static SmallLedger ledger;

    @BeforeAll
    static void a_ledger() throws Exception {
        ledger = SmallLedger.create(dir);
    }

    @Test
    void a_receipt_verifies_with_the_key_of_the_log_alone() {
        CliRun verified = verify(ledger.receipt()).succeeded();

        assertThat(verified.text("id")).isEqualTo(ledger.enrollment().base64Url());
        assertThat(verified.text("outcome")).isEqualTo("accepted");
    }

    @Test
    void a_receipt_with_any_flipped_byte_is_refused() throws Exception {
        byte[] receipt = Files.readAllBytes(ledger.receipt());
        for (int at = 0; at < receipt.length; at++) {
            byte[] altered = receipt.clone();
            altered[at] ^= 1;
            Path file = Files.write(dir.resolve("altered.receipt"), altered);

            CliRun verified = verify(file);

            assertThat(verified.exitCode()).as("byte %d", at).isEqualTo(1);
            assertThat(verified.text("reason")).isNotBlank();
        }
    }

    @Test
    void a_shortened_receipt_is_refused() throws Exception {
        byte[] receipt = Files.readAllBytes(ledger.receipt());
        Path file = Files.write(dir.resolve("short.receipt"), java.util.Arrays.copyOf(receipt, receipt.length - 1));

        assertThat(verify(file).exitCode()).isEqualTo(1);
    }

    @Test
    void another_log_s_key_does_not_verify_it() {
        String key = NoteSigner.generate("salus/other", new SecureRandom())
                .verifier()
                .vkey();

        CliRun verified = salus("receipt", "verify", ledger.receipt(), "--log-key", key);

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).startsWith("not verified: ");
    }

    @Test
    void showing_tells_the_claim() {
        CliRun shown = salus("receipt", "show", ledger.receipt(), "--json").succeeded();

        assertThat(shown.text("id")).isEqualTo(ledger.enrollment().base64Url());
    }

    private static CliRun verify(Path file) {
        return salus("receipt", "verify", file, "--log-key", ledger.logKey(), "--json");
    }
}
