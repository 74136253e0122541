package health.salus.cli.ledger;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A ledger of one hospital under the rules of a health network, and a process that enrols certificates in it as fast as
 * it can until it is killed, printing what was acknowledged: id, index in the log.
 */
final class LoadedLedger {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int IN_FLIGHT = 100;

    private final P256PrivateKey authority;
    private final NoteSigner signer;
    private final Genesis genesis;

    private LoadedLedger(P256PrivateKey authority, NoteSigner signer, Genesis genesis) {
        this.authority = authority;
        this.signer = signer;
        this.genesis = genesis;
    }

    /** Makes its keys and its genesis. */
    static LoadedLedger create() {
        P256PrivateKey authority = P256PrivateKey.generate();
        Candidate hospital = new Candidate(
                "hospital",
                authority.publicKey(),
                "https://hospital.example/fhir",
                Sha256.of(new byte[] {1}).base64Url());
        Genesis genesis = Genesis.of(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "killed")
                                .put("salt", Handle.random().value()),
                        List.of(hospital),
                        NetworkRules.latest())
                .build());
        return new LoadedLedger(authority, NoteSigner.generate(genesis.origin(), RANDOM), genesis);
    }

    /** Writes it for another process. */
    void save(Path file) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        Files.write(
                file,
                List.of(
                        base64.encodeToString(authority.key().getEncoded()),
                        authority.publicKey().base64Url(),
                        signer.secretText(),
                        base64.encodeToString(genesis.content().canonical())));
    }

    private static LoadedLedger load(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Base64.Decoder base64 = Base64.getDecoder();
        return new LoadedLedger(
                P256PrivateKey.of(base64.decode(lines.get(0)), P256PublicKey.ofBase64Url(lines.get(1))),
                NoteSigner.parse(lines.get(2)),
                Genesis.of(JsonReader.object(base64.decode(lines.get(3)))));
    }

    /** Verification key of its log. */
    String logKey() {
        return signer.verifier().vkey();
    }

    /** Opens it, or begins it where there is none. */
    Ledger open(Path dir) {
        return Files.exists(dir)
                ? Ledger.open(dir, signer, NetworkRules.rules(), LedgerOptions.DEFAULT)
                : Ledger.create(dir, genesis, signer, NetworkRules.rules(), LedgerOptions.DEFAULT);
    }

    /** A transaction that enrols a certificate. */
    Transaction enrolment() {
        byte[] kid = new byte[Sha256.BYTES];
        RANDOM.nextBytes(kid);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        EnrollCertificate action = new EnrollCertificate(
                Sha256.ofBytes(kid),
                authority.publicKey(),
                Role.CLIENT,
                EnumSet.noneOf(health.salus.contracts.network.Attribute.class),
                new Period(now, now.plus(Duration.ofDays(1))));
        return TransactionBody.of(
                        genesis.network(),
                        action.contract(),
                        action.action(),
                        action.arguments(),
                        now.plus(Duration.ofHours(1)))
                .sign(authority.publicKey().thumbprint(), authority);
    }

    /** @param args file that {@link #save} wrote, directory of the ledger */
    public static void main(String[] args) throws Exception {
        LoadedLedger loaded = load(Path.of(args[0]));
        try (Ledger ledger = loaded.open(Path.of(args[1]))) {
            System.out.println("open");
            Semaphore places = new Semaphore(IN_FLIGHT);
            while (ledger.failure().isEmpty()) {
                places.acquire();
                Transaction transaction = loaded.enrolment();
                var _ = ledger.submit(transaction.jws()).thenAccept(answer -> {
                    if (answer instanceof Submission.Committed committed && committed.isAccepted()) {
                        say(transaction.id() + " " + committed.index());
                    }
                    places.release();
                });
            }
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
