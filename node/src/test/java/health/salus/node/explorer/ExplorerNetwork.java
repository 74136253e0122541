package health.salus.node.explorer;

import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.NetworkAction;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.Node;
import health.salus.contracts.rule.Period;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.node.NodeFixture;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node in a network of two organizations, with a certificate, an open proposal and a rejected transaction on its ledger.
 * The clinic's node, the network's one witness, is played here and cosigns whatever the other has.
 */
final class ExplorerNetwork implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String WITNESS = "clinic";

    private final byte[] logSeed = RANDOM.generateSeed(32);
    private final byte[] witnessSeed = RANDOM.generateSeed(32);
    private final P256PrivateKey admin = P256PrivateKey.generate();
    private final NodeFixture fixture;
    private final Ledger ledger;
    final Transaction enrolled;
    final Transaction proposed;
    final Transaction rejected;

    ExplorerNetwork(Path directory) throws IOException {
        fixture = NodeFixture.startAmong(directory, List.of(candidate(WITNESS, Optional.of(witness()))));
        ledger = fixture.node().ledger().ledger();
        cosign();
        enrolled = submit(signed(enrollment()));
        Instant expires = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
        proposed = submit(byAdmin(new Propose(new AdmitOrganization(candidate("lab", Optional.empty())), expires)));
        rejected = submit(signed(enrollment()));
    }

    /** Commits one more transaction. */
    void grow() {
        submit(byAdmin(new NetworkAction.RetireNode()));
    }

    URI address() {
        return fixture.node().localAddress();
    }

    String url(String path) {
        return "http://localhost:" + fixture.node().port() + path;
    }

    /** Key id of the enrolled certificate. */
    String kid() {
        return admin.publicKey().thumbprint().base64Url();
    }

    private EnrollCertificate enrollment() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new EnrollCertificate(
                admin.publicKey().thumbprint(),
                admin.publicKey(),
                Role.ADMIN,
                Set.of(),
                new Period(now.minusSeconds(60), now.plus(Duration.ofDays(1))));
    }

    private Transaction signed(NetworkAction action) {
        return fixture.signed(action.contract(), action.action(), action.arguments());
    }

    private Transaction byAdmin(NetworkAction action) {
        Instant expires = Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
        return TransactionBody.of(ledger.network(), action.contract(), action.action(), action.arguments(), expires)
                .sign(admin.publicKey().thumbprint(), admin);
    }

    private Transaction submit(Transaction transaction) {
        cosign(); // proposals show the witness's time
        ledger.submit(transaction.jws()).join();
        cosign();
        return transaction;
    }

    private void cosign() {
        String origin = ledger.genesis().origin();
        SignedNote note = new Checkpoint(origin, ledger.log().head()).sign(NoteSigner.ofSeed(origin, logSeed));
        CosignatureSigner witness = CosignatureSigner.ofSeed(WitnessSet.witnessName(origin, WITNESS), witnessSeed);
        ledger.finality().receive(note.with(witness.sign(note.text(), Instant.now())));
    }

    private Node witness() {
        return new Node(
                "https://clinic.example",
                "clinic.example:9480",
                base64Url(NoteSigner.ofSeed(WITNESS, logSeed).verifier().publicKey()),
                base64Url(CosignatureSigner.ofSeed(WITNESS, witnessSeed)
                        .verifier()
                        .publicKey()));
    }

    private static Candidate candidate(String id, Optional<Node> node) {
        byte[] records = NoteSigner.generate(id, RANDOM).verifier().publicKey();
        return new Candidate(
                id, P256PrivateKey.generate().publicKey(), "https://" + id + ".example/fhir", base64Url(records), node);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        fixture.close();
    }
}
