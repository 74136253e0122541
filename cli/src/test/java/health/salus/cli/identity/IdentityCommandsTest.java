package health.salus.cli.identity;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityCommandsTest {
    private static final String NETWORK = "test.0123456789abcdef";

    @TempDir
    Path dir;

    private Path password;
    private OrganizationCa ca;

    @BeforeEach
    void an_organization() throws Exception {
        password = Files.writeString(dir.resolve("password"), "correct horse\n");
        ca = OrganizationCa.create("clinic", InstantSource.system()).ca();
        KeyStoreFile.create(dir.resolve("ca.p12"), KeyStorePassword.ofFile(password))
                .put(NewOrganization.CA_ALIAS, ca.enrollmentCa());
    }

    @Test
    void enrolling_stores_a_key_and_signs_its_enrollment_by_the_ca() {
        Transaction transaction = Transaction.parse(enroll().text("transaction").getBytes(StandardCharsets.US_ASCII));

        assertThat(transaction.signer())
                .isEqualTo(ca.enrollmentCa().key().publicKey().thumbprint());
        assertThat(transaction.isSignedBy(ca.enrollmentCa().key().publicKey())).isTrue();
        assertThat(transaction.body().network()).isEqualTo(NETWORK);
        assertThat(transaction.body().action()).isEqualTo("enroll-certificate");
        JsonObject shown = show().json();
        assertThat(transaction.body().arguments().members())
                .containsEntry("kid", shown.members().get("kid"))
                .containsEntry("key", shown.members().get("key"))
                .containsEntry("role", new JsonString("client"))
                .containsEntry("attributes", shown.members().get("attributes"));
    }

    @Test
    void a_passkey_is_made_on_a_page_and_bound_by_the_certificate() {
        enroll();
        String certificate = show().text("kid");
        assertThat(run("bind-passkey", "--keystore", member(), "--node", "http://127.0.0.1:8480/", "--json")
                        .text("link"))
                .isEqualTo("http://localhost:8480/clinic/staff/passkey#" + certificate);
        P256PublicKey key = P256PrivateKey.generate().publicKey();

        CliRun bound = run(
                "bind-passkey",
                "--passkey=" + key.base64Url(),
                "--origin",
                "https://clinic.example",
                "--keystore",
                member(),
                "--network",
                NETWORK,
                "--print",
                "--json");

        Transaction transaction = Transaction.parse(bound.text("transaction").getBytes(StandardCharsets.US_ASCII));
        assertThat(transaction.signer().base64Url()).isEqualTo(certificate);
        assertThat(transaction.body().arguments())
                .isEqualTo(JsonObject.builder()
                        .put("key", key.base64Url())
                        .put("origin", "https://clinic.example")
                        .build());
    }

    @Test
    void the_name_of_the_holder_stays_off_the_transaction() {
        CliRun enrolled = enroll();

        assertThat(Transaction.parse(enrolled.text("transaction").getBytes(StandardCharsets.US_ASCII))
                        .body()
                        .toJson()
                        .toString())
                .doesNotContain("Example");
    }

    @Test
    void what_was_enrolled_while_no_node_answered_is_announced_later() {
        CliRun enrolled = run(
                "enroll",
                "--keystore",
                dir.resolve("ca.p12"),
                "--name",
                "A. Example",
                "--out",
                member(),
                "--node",
                "http://127.0.0.1:1");
        assertThat(enrolled.exitCode()).isEqualTo(3);
        assertThat(enrolled.err()).hasLineCount(1).contains("member.p12", "salus identity announce");

        CliRun announced = announce(dir.resolve("ca.p12"), member()).succeeded();

        Transaction transaction =
                Transaction.parse(announced.text("transaction").getBytes(StandardCharsets.US_ASCII));
        assertThat(transaction.isSignedBy(ca.enrollmentCa().key().publicKey())).isTrue();
        assertThat(transaction.body().arguments().members())
                .containsEntry(
                        "kid",
                        run("show", "--keystore", member(), "--json")
                                .json()
                                .members()
                                .get("kid"));
    }

    @Test
    void an_organizations_node_has_a_gateways_certificate_that_its_ca_can_announce() {
        salus(
                        "org",
                        "create",
                        "lab",
                        "--gateway",
                        "https://lab.example/fhir",
                        "--dir",
                        dir.resolve("lab"),
                        "--password-file",
                        password)
                .succeeded();

        CliRun announced =
                announce(dir.resolve("lab/ca.p12"), dir.resolve("lab/node.p12")).succeeded();

        assertThat(Transaction.parse(announced.text("transaction").getBytes(StandardCharsets.US_ASCII))
                        .body()
                        .arguments()
                        .members())
                .containsEntry("attributes", new JsonArray(java.util.List.<Json>of(new JsonString("gateway"))))
                .containsEntry("role", new JsonString("peer"));
    }

    @Test
    void a_ca_announces_nobody_whom_another_one_certified() {
        enroll();
        salus(
                        "org",
                        "create",
                        "lab",
                        "--gateway",
                        "https://lab.example/fhir",
                        "--dir",
                        dir.resolve("lab"),
                        "--password-file",
                        password)
                .succeeded();

        CliRun announced = announce(dir.resolve("lab/ca.p12"), member());

        assertThat(announced.exitCode()).isEqualTo(2);
        assertThat(announced.err()).hasLineCount(1).contains("another CA");
    }

    @Test
    void a_name_that_no_certificate_takes_is_a_usage_error_and_leaves_no_key() {
        CliRun enrolled =
                run("enroll", "--keystore", dir.resolve("ca.p12"), "--name", "x".repeat(65), "--out", member());

        assertThat(enrolled.exitCode()).isEqualTo(2);
        assertThat(enrolled.err()).hasLineCount(1).contains("65 characters");
        assertThat(member()).doesNotExist();
    }

    @Test
    void a_key_store_that_exists_is_not_replaced() {
        enroll();
        CliRun again = run("enroll", "--keystore", dir.resolve("ca.p12"), "--name", "B", "--out", member());

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).hasLineCount(1).contains("exists already");
    }

    @Test
    void a_wrong_password_is_a_usage_error_that_names_the_file() throws Exception {
        Files.writeString(password, "wrong\n");

        CliRun list = run("list", "--keystore", dir.resolve("ca.p12"));

        assertThat(list.exitCode()).isEqualTo(2);
        assertThat(list.err()).hasLineCount(1).contains("ca.p12").doesNotContain("wrong\n");
    }

    @Test
    void a_damaged_key_store_is_damaged_data() throws Exception {
        Files.write(dir.resolve("ca.p12"), new byte[] {1, 2, 3});

        assertThat(run("list", "--keystore", dir.resolve("ca.p12")).exitCode()).isEqualTo(4);
    }

    @Test
    void listing_names_every_key_in_a_line() {
        enroll();

        assertThat(run("list", "--keystore", member()).succeeded().out())
                .hasLineCount(1)
                .startsWith("member  ")
                .endsWith("  clinic client\n");
    }

    @Test
    void a_store_with_several_keys_asks_for_a_choice() {
        Path patients = dir.resolve("patients.p12");
        salus("patient", "key", "--keystore", patients, "--password-file", password)
                .succeeded();
        CliRun second = salus("patient", "key", "--keystore", patients, "--password-file", password, "--json");

        CliRun undecided = run("show", "--keystore", patients);
        CliRun decided = run("show", "--keystore", patients, "--key", second.text("name"), "--json");

        assertThat(undecided.exitCode()).isEqualTo(2);
        assertThat(undecided.err()).hasLineCount(1).contains("--key", second.text("name"));
        assertThat(decided.text("kid")).isEqualTo(second.text("kid"));
    }

    private CliRun announce(Path authority, Path store) {
        return run("announce", "--keystore", authority, "--member", store, "--network", NETWORK, "--print", "--json");
    }

    private CliRun enroll() {
        return run(
                        "enroll",
                        "--keystore",
                        dir.resolve("ca.p12"),
                        "--name",
                        "A. Example",
                        "--attribute",
                        "clinician,nurse",
                        "--out",
                        member(),
                        "--network",
                        NETWORK,
                        "--print",
                        "--json")
                .succeeded();
    }

    private CliRun show() {
        CliRun shown = run("show", "--keystore", member(), "--json").succeeded();
        assertThat(shown.json().members().get("attributes"))
                .isEqualTo(
                        new JsonArray(java.util.List.<Json>of(new JsonString("clinician"), new JsonString("nurse"))));
        return shown;
    }

    private Path member() {
        return dir.resolve("member.p12");
    }

    private CliRun run(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "identity";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--password-file";
        all[arguments.length + 2] = password;
        return salus(all);
    }
}
