package health.salus.cli.ledger;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.CliRun;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A ledger in a directory with one certificate enrolled, all of it made by commands but for the node. */
public final class SmallLedger {
    private final Path dir;
    private final Path password;
    private final Sha256 enrollment;

    private SmallLedger(Path dir, Path password, Sha256 enrollment) {
        this.dir = dir;
        this.password = password;
        this.enrollment = enrollment;
    }

    /** Makes it in an empty directory, and closes it. */
    public static SmallLedger create(Path dir) throws Exception {
        Path password = Files.writeString(dir.resolve("password"), "correct horse\n");
        CliRun network = salus(
                        "network",
                        "init",
                        "--name",
                        "test",
                        "--organization",
                        "hospital",
                        "--gateway",
                        "https://hospital.example/hospital/fhir",
                        "--dir",
                        dir.resolve("hospital"),
                        "--password-file",
                        password,
                        "--json")
                .succeeded();
        CliRun enrolled = salus(
                        "identity",
                        "enroll",
                        "--keystore",
                        dir.resolve("hospital/ca.p12"),
                        "--name",
                        "A. Example",
                        "--role",
                        "admin",
                        "--out",
                        dir.resolve("admin.p12"),
                        "--password-file",
                        password,
                        "--network",
                        network.text("network"),
                        "--print",
                        "--json")
                .succeeded();
        SmallLedger small = new SmallLedger(dir, password, Sha256.ofBase64Url(enrolled.text("id")));
        Genesis genesis = Genesis.of(JsonReader.object(Files.readAllBytes(dir.resolve("hospital/genesis.json"))));
        try (Ledger ledger = Ledger.create(
                small.directory(),
                genesis,
                small.signer(network.text("network")),
                NetworkRules.rules(),
                LedgerOptions.DEFAULT)) {
            Submission submission = ledger.submit(enrolled.text("transaction").getBytes(StandardCharsets.US_ASCII))
                    .get();
            assertThat(submission)
                    .isInstanceOfSatisfying(
                            Submission.Committed.class,
                            committed -> assertThat(committed.isAccepted()).isTrue());
            Files.writeString(
                    small.receipt(),
                    ledger.receipt(small.enrollment).orElseThrow().encode());
        }
        return small;
    }

    /** Directory of the ledger. */
    public Path directory() {
        return dir.resolve("ledger");
    }

    /** File with the verification key of its log. */
    public Path logKey() {
        return dir.resolve("hospital/ledger.vkey");
    }

    /** Receipt of the one transaction. */
    public Path receipt() {
        return dir.resolve("enrollment.receipt");
    }

    /** Id of the one transaction. */
    public Sha256 enrollment() {
        return enrollment;
    }

    /** Key store of the node. */
    public Path nodeKeys() {
        return dir.resolve("hospital/node.p12");
    }

    /** Password file of all key stores. */
    public Path password() {
        return password;
    }

    private NoteSigner signer(String network) throws IOException {
        byte[] secret = KeyStoreFile.open(nodeKeys(), KeyStorePassword.ofFile(password))
                .secret("ledger-" + network.replace('.', '-'))
                .orElseThrow()
                .bytes();
        return NoteSigner.parse(new String(secret, StandardCharsets.US_ASCII));
    }
}
