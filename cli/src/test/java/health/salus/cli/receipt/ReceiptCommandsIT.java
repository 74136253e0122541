package health.salus.cli.receipt;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.cli.ledger.SmallLedger;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    void of_saved_records_it_tells_which_are_not_proven() throws Exception {
        String bundle = """
                {"resourceType":"Bundle","type":"collection","entry":[{"resource":\
                {"resourceType":"Patient","id":"p","meta":{"versionId":"1"}}}]}""";

        assertThat(verify(saved("bundle-0001.json", bundle)).succeeded().out()).contains("Patient/p/_history/1");
        assertThat(verify(saved("altered-0001.txt", "Patient/p/_history/1\n")).exitCode())
                .isEqualTo(1);
        assertThat(verify(saved("receipts/Patient/p/1.txt", "no receipt")).exitCode())
                .isEqualTo(1);
        byte[] whole = Files.readAllBytes(saved("bundle-0001.json", bundle));
        Path cut = Files.write(dir.resolve("cut.zip"), java.util.Arrays.copyOf(whole, 60));
        assertThat(verify(cut).exitCode()).isEqualTo(1);
    }

    private static Path saved(String name, String content) throws IOException {
        Path file = dir.resolve("records.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
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
