package health.salus.cli.ledger;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.tlog.note.CosignatureSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandsIT {
    @TempDir
    Path dir;

    private SmallLedger ledger;

    @BeforeEach
    void a_ledger() throws Exception {
        ledger = SmallLedger.create(dir);
    }

    @Test
    void a_whole_ledger_verifies_with_its_state() {
        CliRun verified = verify(ledger.directory(), "--json").succeeded();

        assertThat(verified.json().members())
                .containsEntry("clean", new JsonBoolean(true))
                .containsEntry("transactions", new JsonInteger(1))
                .containsEntry("entries", new JsonInteger(4)); // genesis, its header, the transaction, its header
    }

    @Test
    void a_flipped_byte_in_the_entries_is_damage_that_is_named() throws Exception {
        Path bundle = ledger.directory().resolve("log/tile/entries/000.p/4");
        flip(bundle, (int) Files.size(bundle) / 2);

        CliRun verified = verify(ledger.directory());

        assertThat(verified.exitCode()).isEqualTo(4);
        assertThat(verified.out()).contains("damaged", "tile/entries/000.p/4");
    }

    @Test
    void an_export_verifies_anywhere() {
        Path copy = dir.resolve("export");
        salus("export", copy, "--log", ledger.directory().resolve("log"), "--log-key", ledger.logKey())
                .succeeded();

        assertThat(verify(copy).succeeded().out()).contains("clean", "1 transactions in 1 blocks");
    }

    @Test
    void whoever_has_the_policy_needs_no_key_of_a_node() throws Exception {
        Path copy = dir.resolve("export");
        salus("export", copy, "--log", ledger.directory().resolve("log"), "--log-key", ledger.logKey())
                .succeeded();

        for (Path of : List.of(ledger.directory(), copy)) {
            assertThat(salus("verify", of, "--policy", policy("none"))
                            .succeeded()
                            .out())
                    .contains("clean", "final up to block 1, by the log's word");
        }
        CliRun witnesses = salus("verify", copy, "--policy", policy("hospital"), "--json");
        assertThat(witnesses.exitCode()).isEqualTo(1);
        assertThat(witnesses.text("reason")).contains("not the quorum of the policy");
    }

    private Path policy(String quorum) throws Exception {
        String log = Files.readString(ledger.logKey()).lines().findFirst().orElseThrow();
        String witness = CosignatureSigner.generate("hospital.example", new SecureRandom())
                .verifier()
                .vkey();
        return Files.writeString(
                dir.resolve("policy"), "log " + log + "\nwitness hospital " + witness + "\nquorum " + quorum + "\n");
    }

    @Test
    void a_damaged_checkpoint_is_damage_also_to_those_who_ask_the_witnesses() throws Exception {
        Path finality = Files.createDirectories(ledger.directory().resolve("finality"));
        Files.writeString(finality.resolve("checkpoint"), "nothing");

        CliRun verified = salus("verify", ledger.directory(), "--policy", policy("none"));

        assertThat(verified.exitCode()).isEqualTo(4);
        assertThat(verified.err()).hasLineCount(1).contains("finality/checkpoint is no checkpoint");
    }

    @Test
    void a_snapshot_restores_to_a_ledger_that_verifies() {
        Path snapshot = dir.resolve("snapshot");
        Path restored = dir.resolve("restored");

        salus(
                        "snapshot",
                        snapshot,
                        "--ledger",
                        ledger.directory(),
                        "--keystore",
                        ledger.nodeKeys(),
                        "--password-file",
                        ledger.password())
                .succeeded();
        salus("restore", snapshot, restored).succeeded();

        verify(restored).succeeded();
    }

    @Test
    void nothing_is_restored_over_what_is_there() {
        CliRun restored = salus("restore", ledger.directory(), dir);

        assertThat(restored.exitCode()).isEqualTo(2);
        assertThat(restored.err()).hasLineCount(1).contains("exists already");
    }

    @Test
    void a_directory_without_a_log_is_a_usage_error() {
        CliRun verified = verify(dir.resolve("hospital"));

        assertThat(verified.exitCode()).isEqualTo(2);
        assertThat(verified.err()).hasLineCount(1).contains("holds no log");
    }

    @Test
    void a_receipt_is_verified_as_well() {
        assertThat(verify(ledger.receipt()).succeeded().out()).startsWith("verified: the network accepted it");
    }

    private CliRun verify(Path path, String... more) {
        return more.length == 0
                ? salus("verify", path, "--log-key", ledger.logKey())
                : salus("verify", path, "--log-key", ledger.logKey(), more[0]);
    }

    private static void flip(Path file, int at) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
