package health.salus.cli.access;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.Enrollment;
import health.salus.identity.Handle;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.PatientKey;
import health.salus.identity.Role;
import health.salus.ledger.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandsTest {
    private static final String PATIENT = "00112233445566778899aabbccddeeff";
    private static final String GRANT = "ffeeddccbbaa99887766554433221100";

    private static final String KEY = P256PrivateKey.generate().publicKey().base64Url();
    private static final String OTHER_KEY =
            P256PrivateKey.generate().publicKey().base64Url();

    @TempDir
    Path dir;

    private Path password;

    @BeforeEach
    void a_clinician_and_a_patient() throws Exception {
        password = Files.writeString(dir.resolve("password"), "correct horse\n");
        KeyStorePassword secret = KeyStorePassword.ofFile(password);
        KeyStoreFile.create(dir.resolve("alice.p12"), secret)
                .put(
                        "alice",
                        OrganizationCa.create("clinic", InstantSource.system())
                                .ca()
                                .enroll(Enrollment.of("Alice", Role.CLIENT, Set.of("clinician"), Duration.ofDays(1))));
        KeyStoreFile.create(dir.resolve("patient.p12"), secret).put(PatientKey.generate());
    }

    @Test
    void a_request_commits_to_the_terms_in_the_file() throws Exception {
        CliRun requested = request("--type", "Observation=laboratory,vital-signs", "--type", "Patient", "--label", "R")
                .succeeded();

        Terms terms = Terms.read(Files.readAllBytes(terms()));
        assertThat(terms.purpose()).isEqualTo(PurposeOfUse.TREAT);
        assertThat(terms.scope().types().get("Observation")).containsExactly("laboratory", "vital-signs");
        assertThat(terms.scope().types().get("Patient")).isEmpty();
        assertThat(terms.scope().securityLabels()).containsExactly("R");
        assertThat(terms.scope().interactions()).contains(Interaction.READ, Interaction.EVERYTHING);
        assertThat(arguments(requested).members())
                .containsEntry("patient", new JsonString(PATIENT))
                .containsEntry(
                        "terms", new JsonString(terms.commitment().digest().base64Url()))
                .containsEntry(
                        "until",
                        new JsonInteger(Instant.parse("2100-01-01T00:00:00Z").getEpochSecond()));
    }

    @Test
    void only_the_owner_may_read_the_terms() throws Exception {
        request("--type", "Patient").succeeded();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(terms())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_scope_that_makes_no_sense_is_a_usage_error_and_writes_nothing() {
        CliRun requested = request("--type", "observation");

        assertThat(requested.exitCode()).isEqualTo(2);
        assertThat(requested.err()).hasLineCount(1);
        assertThat(terms()).doesNotExist();
    }

    @Test
    void a_wrong_password_leaves_no_files_behind() throws Exception {
        Files.writeString(password, "another\n");
        Path text = Files.writeString(dir.resolve("text"), "patient was unconscious");
        Path kept = dir.resolve("justification.json");

        assertThat(request("--type", "Patient").exitCode()).isEqualTo(2);
        assertThat(byClinician("justify", "--emergency", GRANT, "--text", text, "--out", kept)
                        .exitCode())
                .isEqualTo(2);
        assertThat(terms()).doesNotExist();
        assertThat(kept).doesNotExist();
    }

    @Test
    void an_approval_covers_the_terms_and_shows_them() throws Exception {
        request("--type", "Observation=laboratory", "--data-from", "2024-01-01").succeeded();

        CliRun approved = byPatient("approve", "--grant", GRANT, "--terms", terms());

        assertThat(approved.exitCode()).isZero();
        assertThat(approved.err())
                .contains(
                        "purpose of use: TREAT",
                        "resources: Observation, only laboratory",
                        "data from 2024-01-01 to 9999-12-31");
        assertThat(arguments(approved).members())
                .containsEntry(
                        "terms",
                        new JsonString(Terms.read(Files.readAllBytes(terms()))
                                .commitment()
                                .digest()
                                .base64Url()));
    }

    @Test
    void altered_terms_are_not_approved() throws Exception {
        Files.writeString(terms(), "{\"purpose\":\"TREAT\"}");

        assertThat(byPatient("approve", "--grant", GRANT, "--terms", terms()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void denying_and_revoking_name_the_grant() {
        for (String command : List.of("deny", "revoke")) {
            Transaction transaction =
                    transaction(byPatient(command, "--grant", GRANT).succeeded());

            assertThat(transaction.body().action()).isEqualTo(command);
            assertThat(transaction.body().arguments().members()).containsEntry("grant", new JsonString(GRANT));
        }
    }

    @Test
    void breaking_the_glass_takes_a_reason_and_an_end() {
        CliRun opened = byClinician("break-glass", "--patient", PATIENT, "--reason", "acute-danger", "--until", "PT2H")
                .succeeded();

        assertThat(arguments(opened).members()).containsEntry("reason", new JsonString("acute-danger"));
        CliRun without = byClinician("break-glass", "--patient", PATIENT, "--reason", "curiosity");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).hasLineCount(1).contains("acute-danger");
    }

    @Test
    void the_text_of_a_justification_stays_in_a_file_of_its_own() throws Exception {
        Path text = Files.writeString(dir.resolve("text"), "patient was unconscious");
        Path kept = dir.resolve("justification.json");

        CliRun justified = byClinician("justify", "--emergency", GRANT, "--text", text, "--out", kept)
                .succeeded();

        assertThat(justified.out()).doesNotContain("unconscious");
        assertThat(arguments(justified).members()).containsOnlyKeys("emergency", "justification");
        assertThat(kept).content().contains("unconscious", "salt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_handle_must_be_one() {
        CliRun denied = byPatient("deny", "--grant", Handle.random() + "x");

        assertThat(denied.exitCode()).isEqualTo(2);
        assertThat(denied.err()).hasLineCount(1).contains("33 characters");
    }

    @Test
    void guardians_are_named_by_their_keys() {
        CliRun named = byPatient("recovery", "name", "--guardian", KEY, "--guardian", OTHER_KEY, "--threshold", "2")
                .succeeded();

        assertThat(transaction(named).body().action()).isEqualTo("name-guardians");
        assertThat(arguments(named).members()).containsEntry("threshold", new JsonInteger(2));
        assertThat(new String(arguments(named).canonical(), StandardCharsets.US_ASCII))
                .contains(KEY, OTHER_KEY);
    }

    @Test
    void no_threshold_is_above_the_number_of_guardians_or_below_one() {
        for (String threshold : List.of("0", "2", "-1")) {
            CliRun refused = byPatient("recovery", "name", "--guardian", KEY, "--threshold", threshold);

            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains("expected", "threshold");
        }
    }

    @Test
    void a_new_key_is_proposed_supported_vetoed_and_put_in_force_by_its_id() {
        String kid = byPatient("recovery", "propose", "--patient", PATIENT, "--new-key", KEY)
                .succeeded()
                .text("id");
        for (String step : List.of("support", "veto", "complete")) {
            Transaction transaction = transaction(byPatient("recovery", step, "--patient", PATIENT, "--kid", kid)
                    .succeeded());

            assertThat(transaction.body().action()).isEqualTo(step + "-rotation");
            assertThat(transaction.body().arguments().members())
                    .containsEntry("patient", new JsonString(PATIENT))
                    .containsEntry("kid", new JsonString(kid));
        }
    }

    private CliRun request(Object... scope) {
        List<Object> arguments = new ArrayList<>(List.of(
                "request",
                "--patient",
                PATIENT,
                "--purpose",
                "TREAT",
                "--from",
                "2099-01-01",
                "--until",
                "2100-01-01",
                "--terms",
                terms()));
        arguments.addAll(List.of(scope));
        return byClinician(arguments.toArray());
    }

    private Path terms() {
        return dir.resolve("terms.json");
    }

    private CliRun byClinician(Object... arguments) {
        return signed("alice.p12", arguments);
    }

    private CliRun byPatient(Object... arguments) {
        return signed("patient.p12", arguments);
    }

    private CliRun signed(String keyStore, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--keystore", dir.resolve(keyStore), "--password-file", password));
        all.addAll(List.of("--network", "test.0123456789abcdef", "--print", "--json"));
        return salus(all.toArray());
    }

    private static JsonObject arguments(CliRun run) {
        return transaction(run).body().arguments();
    }

    private static Transaction transaction(CliRun run) {
        return Transaction.parse(run.text("transaction").getBytes(StandardCharsets.US_ASCII));
    }
}
