package health.salus.bench;

import health.salus.cli.demo.RunningNetwork;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.Role;
import health.salus.ledger.transaction.TransactionBody;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The patients of a custodian, and the staff of a requester that asks for access to their records. Not thread-safe. */
final class Population {
    private static final int STAFF = 64;
    private static final int PATIENTS = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String network;
    private final P256PrivateKey custodian;
    private final P256PrivateKey requester;
    private final P256PrivateKey registrar = P256PrivateKey.generate();
    private final P256PrivateKey patientKey = P256PrivateKey.generate(); // of the first
    private final List<P256PrivateKey> staff;
    private final List<Handle> patients;

    /**
     * Makes all keys.
     *
     * @param network id of the network
     * @param custodian key by which one organization certifies members
     * @param requester key by which the other does
     */
    Population(String network, P256PrivateKey custodian, P256PrivateKey requester) {
        this.network = network;
        this.custodian = custodian;
        this.requester = requester;
        this.staff = IntStream.range(0, STAFF)
                .mapToObj(i -> P256PrivateKey.generate())
                .toList();
        this.patients = Stream.generate(Handle::random).limit(PATIENTS).toList();
    }

    /** That of a network of several nodes: the first organization is the custodian, the second the requester. */
    static Population of(RunningNetwork network) {
        return new Population(
                network.genesis().network(),
                network.nodes().get(0).authority(),
                network.nodes().get(1).authority());
    }

    /** Signed transactions that make it known to the ledger; those of one list need all of the lists before. */
    List<List<byte[]>> arrival() {
        List<byte[]> members = new ArrayList<>();
        members.add(sign(custodian, enrol(registrar, Attribute.REGISTRAR, Attribute.GATEWAY)));
        staff.forEach(member -> members.add(sign(requester, enrol(member, Attribute.CLINICIAN))));
        List<byte[]> registrations = new ArrayList<>();
        for (Handle patient : patients) {
            P256PrivateKey key = patient.equals(patients.getFirst()) ? patientKey : P256PrivateKey.generate();
            registrations.add(sign(registrar, new AccessAction.RegisterPatient(patient, key.publicKey())));
        }
        return List.of(members, registrations);
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

    /** What a request for a decision names. */
    record Granted(Handle grant, Sha256 requester, Terms terms) {}

    /**
     * A grant that the first patient approves for the first of the staff.
     *
     * @param signed signed transactions that make it, one after the other
     */
    record Granting(Granted granted, List<byte[]> signed) {}

    /** Makes a grant. */
    Granting granting() {
        Terms terms = terms();
        Handle grant = Handle.random();
        P256PrivateKey member = staff.getFirst();
        return new Granting(
                new Granted(grant, member.publicKey().thumbprint(), terms),
                List.of(
                        sign(
                                member,
                                new AccessAction.Request(
                                        grant, patients.getFirst(), terms.commitment(), period(Duration.ofDays(30)))),
                        sign(patientKey, new AccessAction.Approve(grant, terms.commitment()))));
    }

    private static Terms terms() {
        return Terms.of(PurposeOfUse.TREAT, Scope.of("Observation", "Condition"), RANDOM);
    }

    private byte[] sign(P256PrivateKey key, Action action) {
        return TransactionBody.of(
                        network,
                        action.contract(),
                        action.action(),
                        action.arguments(),
                        Instant.now().plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS))
                .sign(key.publicKey().thumbprint(), key)
                .jws();
    }
}
