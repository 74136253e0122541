package health.salus.bench;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.NoteSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A network of a custodian and a requester with staff and patients of its own, on a ledger with real files: what the
 * ledger measurements run on. Not thread-safe.
 */
final class BenchNetwork implements AutoCloseable {
    private static final int STAFF = 64;
    private static final int PATIENTS = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ledger ledger;
    private final NoteSigner signer;
    private final List<P256PrivateKey> staff;
    private final List<Handle> patients = new ArrayList<>();
    private final P256PrivateKey patientKey = P256PrivateKey.generate();

    private BenchNetwork(Ledger ledger, NoteSigner signer) {
        this.ledger = ledger;
        this.signer = signer;
        this.staff = IntStream.range(0, STAFF)
                .mapToObj(i -> P256PrivateKey.generate())
                .toList();
    }

    /** Founds the network in {@code directory}. */
    static BenchNetwork found(Path directory) {
        P256PrivateKey hospital = P256PrivateKey.generate();
        P256PrivateKey clinic = P256PrivateKey.generate();
        Genesis genesis = Genesis.of(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "bench")
                                .put("salt", Handle.random().value()),
                        List.of(organization("hospital", hospital), organization("clinic", clinic)),
                        NetworkRules.latest())
                .build());
        NoteSigner signer = NoteSigner.generate(genesis.origin(), RANDOM);
        BenchNetwork network = new BenchNetwork(
                Ledger.create(directory, genesis, signer, NetworkRules.rules(), LedgerOptions.DEFAULT), signer);
        network.populate(hospital, clinic);
        return network;
    }

    private static Candidate organization(String id, P256PrivateKey authority) {
        byte[] logKey = new byte[Sha256.BYTES];
        RANDOM.nextBytes(logKey);
        return new Candidate(
                id,
                authority.publicKey(),
                "https://" + id + ".example/fhir",
                Sha256.ofBytes(logKey).base64Url());
    }

    private void populate(P256PrivateKey hospital, P256PrivateKey clinic) {
        P256PrivateKey registrar = P256PrivateKey.generate();
        List<byte[]> setUp = new ArrayList<>();
        setUp.add(sign(hospital, enrol(registrar, Attribute.REGISTRAR, Attribute.GATEWAY)));
        staff.forEach(member -> setUp.add(sign(clinic, enrol(member, Attribute.CLINICIAN))));
        submit(setUp);
        patients.add(Handle.random());
        submit(List.of(sign(registrar, new AccessAction.RegisterPatient(patients.getFirst(), patientKey.publicKey()))));
        List<byte[]> registrations = new ArrayList<>();
        for (int i = 1; i < PATIENTS; i++) {
            Handle handle = Handle.random();
            patients.add(handle);
            P256PrivateKey key = P256PrivateKey.generate();
            registrations.add(sign(registrar, new AccessAction.RegisterPatient(handle, key.publicKey())));
        }
        submit(registrations);
    }

    private static EnrollCertificate enrol(P256PrivateKey key, Attribute... attributes) {
        Set<Attribute> set = EnumSet.noneOf(Attribute.class);
        set.addAll(List.of(attributes));
        return new EnrollCertificate(
                key.publicKey().thumbprint(), key.publicKey(), Role.CLIENT, set, period(Duration.ofDays(365)));
    }

    private static Period period(Duration length) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Period(now.minusSeconds(60), now.plus(length));
    }

    Ledger ledger() {
        return ledger;
    }

    NoteSigner signer() {
        return signer;
    }

    /** {@code count} signed requests for access, each by a member of the staff for some patient's records. */
    List<byte[]> requests(int count) {
        Terms terms = terms();
        Period period = period(Duration.ofDays(30));
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> sign(
                        staff.get(i % STAFF),
                        new AccessAction.Request(
                                Handle.random(), patients.get(i % PATIENTS), terms.commitment(), period)))
                .toList();
    }

    /** A grant that the first patient approved for the first of the staff. */
    Granted granted() {
        Terms terms = terms();
        Handle grant = Handle.random();
        P256PrivateKey requester = staff.getFirst();
        submit(List.of(sign(
                requester,
                new AccessAction.Request(
                        grant, patients.getFirst(), terms.commitment(), period(Duration.ofDays(30))))));
        submit(List.of(sign(patientKey, new AccessAction.Approve(grant, terms.commitment()))));
        return new Granted(grant, requester.publicKey().thumbprint(), terms);
    }

    /** What a request for a decision names. */
    record Granted(Handle grant, Sha256 requester, Terms terms) {}

    private static Terms terms() {
        return Terms.of(PurposeOfUse.TREAT, Scope.of("Observation", "Condition"), RANDOM);
    }

    private byte[] sign(P256PrivateKey key, Action action) {
        return TransactionBody.of(
                        ledger.network(),
                        action.contract(),
                        action.action(),
                        action.arguments(),
                        Instant.now().plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS))
                .sign(key.publicKey().thumbprint(), key)
                .jws();
    }

    private void submit(List<byte[]> transactions) {
        transactions.stream().map(ledger::submit).toList().forEach(answer -> requireAccepted(answer.join()));
    }

    /** Fails the measurement unless the transaction was accepted. */
    static void requireAccepted(Submission answer) {
        if (!(answer instanceof Submission.Committed committed) || !committed.isAccepted()) {
            throw new IllegalStateException("a transaction of the measurement was not accepted: " + answer);
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
