package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.AppointByCourt;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.Deny;
import health.salus.contracts.access.AccessAction.Dismiss;
import health.salus.contracts.access.AccessAction.Expire;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Review;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.RevokeKey;
import health.salus.contracts.access.AccessAction.Withdraw;
import health.salus.contracts.access.AccessModel.CertificateStatus;
import health.salus.contracts.access.AccessModel.ModelCertificate;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RestoreOrganization;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.NetworkAction.SuspendOrganization;
import health.salus.contracts.network.RevocationReason;
import health.salus.contracts.network.Role;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random histories: a plain model foretells every outcome, and every decision can be repeated at its height. */
class AccessHistoryPropertyTest {
    private static final int STEPS = 16;

    private static final List<String> STAFF =
            List.of("gateway", "registrar", "auditor", "doctor", "colleague", "brief", "late", "lab-doctor");
    private static final List<String> PATIENTS = List.of("ann", "bob", "carl");
    private static final List<String> KEYS =
            List.of("ann", "bob", "carl", "ann-2", "bob-2", "proxy-1", "proxy-2", "court-1");
    private static final List<String> GRANTS = List.of("grant-1", "grant-2", "grant-3");
    private static final List<String> EMERGENCIES = List.of("emergency-1", "emergency-2", "emergency-3");
    private static final List<Terms> TERMS = List.of(SampleTerms.TREATMENT, SampleTerms.RESEARCH);

    private static final TestNetwork BASE = base();

    /** A decision, and when it was made. */
    record Decided(long height, Instant time, Question question, AccessDecision decision) {}

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void a_plain_model_foretells_every_outcome_and_past_decisions_can_be_repeated(@ForAll long seed) {
        History history = new History(new SplittableRandom(seed));
        for (int i = 0; i < STEPS; i++) {
            history.step();
            history.ask();
            history.ask();
        }

        for (Decided decided : history.decisions) {
            assertThat(AccessPolicy.decide(
                            history.network.history().at(decided.height()), decided.time(), decided.question()))
                    .isEqualTo(decided.decision());
        }
    }

    private static TestNetwork base() {
        TestNetwork network = TestNetwork.founded()
                .certificate("founder-admin", "hospital", Role.ADMIN)
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("registrar", "hospital", Role.CLIENT, Attribute.REGISTRAR, Attribute.CLINICIAN)
                .certificate("auditor", "hospital", Role.CLIENT, Attribute.AUDITOR, Attribute.EMERGENCY)
                .certificate("doctor", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("colleague", "clinic", Role.CLIENT);
        network.must(kid("founder-admin"), TestNetwork.organization("lab"));
        network.certificate("lab-doctor", "lab", Role.CLIENT, Attribute.CLINICIAN, Attribute.GATEWAY);
        enroll(network, "brief", 0, 5);
        enroll(network, "late", 4, 90);
        return network.patient("ann", "gateway").patient("bob", "lab-doctor");
    }

    private static void enroll(TestNetwork network, String name, int from, int until) {
        network.must(
                thumbprint("clinic-ca"),
                new EnrollCertificate(
                        kid(name), key(name), Role.CLIENT, EnumSet.of(Attribute.EMERGENCY), network.days(from, until)));
    }

    private static AccessModel model() {
        AccessModel model = new AccessModel();
        Members members = new Members(BASE.state());
        for (String name : STAFF) {
            var certificate = members.certificate(kid(name)).orElseThrow();
            model.certificates.put(
                    name,
                    new ModelCertificate(
                            certificate.organization(),
                            certificate.validity(),
                            certificate.attributes().toArray(Attribute[]::new)));
        }
        model.now = BASE.time();
        model.register("gateway", "ann", "ann");
        model.register("lab-doctor", "bob", "bob");
        return model;
    }

    /** One history, in the contract and in the model. */
    private static final class History {
        private final SplittableRandom random;
        private final TestNetwork network = BASE.copy();
        private final AccessModel model = model();
        private final List<Decided> decisions = new ArrayList<>();

        private History(SplittableRandom random) {
            this.random = random;
        }

        private void step() {
            if (random.nextInt(5) == 0) {
                network.pass(Duration.ofMinutes(1L << random.nextInt(13))); // up to three days
            }
            model.now = network.time().plus(Duration.ofMinutes(1)); // time of the next block
            switch (random.nextInt(22)) {
                case 0 -> register();
                case 1 -> addKey();
                case 2 -> revokeKey();
                case 3 -> appoint();
                case 4 -> appointByCourt();
                case 5 -> dismiss();
                case 6, 7, 8 -> request();
                case 9, 10, 11 -> approve();
                case 12 -> deny();
                case 13 -> revoke();
                case 14 -> withdraw();
                case 15 -> expire();
                case 16, 17 -> breakGlass();
                case 18 -> justify();
                case 19 -> review();
                case 20 -> organization();
                default -> certificate();
            }
        }

        private void register() {
            String signer = signer();
            String patient = any(PATIENTS);
            String key = any(KEYS);
            same(signer, new RegisterPatient(handle(patient), key(key)), model.register(signer, patient, key));
        }

        private void addKey() {
            String signer = signer();
            String key = any(KEYS);
            same(signer, new AddKey(key(key)), model.addKey(signer, key));
        }

        private void revokeKey() {
            String signer = signer();
            String key = any(KEYS);
            same(signer, new RevokeKey(thumbprint(key)), model.revokeKey(signer, key));
        }

        private void appoint() {
            String signer = random.nextBoolean() ? any(PATIENTS) : signer();
            Capacity capacity = random.nextBoolean() ? Capacity.PROXY : Capacity.GUARDIAN;
            String key = any(KEYS);
            Period period = period();
            same(signer, new Appoint(capacity, key(key), period), model.appoint(signer, capacity, key, period));
        }

        private void appointByCourt() {
            String signer = random.nextBoolean() ? "registrar" : signer();
            String patient = any(PATIENTS);
            String key = any(KEYS);
            Period period = period();
            same(
                    signer,
                    new AppointByCourt(handle(patient), key(key), CourtReason.MINOR, period),
                    model.appointByCourt(signer, patient, key, period));
        }

        private void dismiss() {
            String signer = signer();
            String key = any(KEYS);
            same(signer, new Dismiss(thumbprint(key)), model.dismiss(signer, key));
        }

        private void request() {
            String signer = signer();
            String grant = any(GRANTS);
            String patient = any(PATIENTS);
            Terms terms = any(TERMS);
            Period period = period();
            same(
                    signer,
                    new Request(handle(grant), handle(patient), terms.commitment(), period),
                    model.request(signer, grant, patient, terms, period));
        }

        private void approve() {
            String signer = any(KEYS);
            String grant = any(GRANTS);
            Terms terms = any(TERMS);
            same(
                    signer,
                    new Approve(handle(grant), terms.commitment()),
                    model.decideOn(signer, grant, Optional.of(terms)));
        }

        private void deny() {
            String signer = signer();
            String grant = any(GRANTS);
            same(signer, new Deny(handle(grant)), model.decideOn(signer, grant, Optional.empty()));
        }

        private void revoke() {
            String signer = signer();
            String grant = any(GRANTS);
            same(signer, new Revoke(handle(grant)), model.revoke(signer, grant));
        }

        private void withdraw() {
            String signer = signer();
            String grant = any(GRANTS);
            same(signer, new Withdraw(handle(grant)), model.withdraw(signer, grant));
        }

        private void expire() {
            String signer = signer();
            String grant = any(GRANTS);
            same(signer, new Expire(handle(grant)), model.expire(signer, grant));
        }

        private void breakGlass() {
            String signer = any(STAFF);
            String emergency = any(EMERGENCIES);
            String patient = any(PATIENTS);
            Instant until = Instant.ofEpochSecond(model.now
                    .plus(Duration.ofMinutes(random.nextInt(-10, 1_500)))
                    .getEpochSecond());
            same(
                    signer,
                    new BreakGlass(handle(emergency), handle(patient), EmergencyReason.ACUTE_DANGER, until),
                    model.breakGlass(signer, emergency, patient, until));
        }

        private void justify() {
            String signer = any(STAFF);
            String emergency = any(EMERGENCIES);
            same(
                    signer,
                    new Justify(handle(emergency), new JustificationCommitment(kid("justification"))),
                    model.justify(signer, emergency));
        }

        private void review() {
            String signer = random.nextBoolean() ? "auditor" : signer();
            String emergency = any(EMERGENCIES);
            Finding finding = random.nextBoolean() ? Finding.ACCEPTED : Finding.OBJECTED;
            same(signer, new Review(handle(emergency), finding), model.review(signer, emergency, finding));
        }

        private void organization() {
            String organization = random.nextBoolean() ? "clinic" : "lab";
            boolean suspended = model.suspendedOrganizations.contains(organization);
            network.must(
                    kid("founder-admin"),
                    suspended ? new RestoreOrganization(organization) : new SuspendOrganization(organization));
            if (suspended) {
                model.suspendedOrganizations.remove(organization);
            } else {
                model.suspendedOrganizations.add(organization);
            }
        }

        private void certificate() {
            String name = any(List.of("doctor", "colleague", "brief"));
            ModelCertificate certificate = model.certificates.get(name);
            if (certificate == null
                    || certificate.status == CertificateStatus.REVOKED
                    || model.suspendedOrganizations.contains("clinic")) {
                return;
            }
            if (random.nextInt(4) == 0) {
                network.must(thumbprint("clinic-ca"), new RevokeCertificate(kid(name), RevocationReason.SUPERSEDED));
                certificate.status = CertificateStatus.REVOKED;
            } else if (certificate.status == CertificateStatus.ACTIVE) {
                network.must(thumbprint("clinic-ca"), new SuspendCertificate(kid(name)));
                certificate.status = CertificateStatus.SUSPENDED;
            } else {
                network.must(thumbprint("clinic-ca"), new RestoreCertificate(kid(name)));
                certificate.status = CertificateStatus.ACTIVE;
            }
        }

        private void ask() {
            Instant time = network.time().plus(Duration.ofSeconds(random.nextInt(200_000)));
            model.now = time;
            String reader = signer();
            String patient = any(PATIENTS);
            switch (random.nextInt(8)) {
                case 0 -> {
                    PurposeOfUse purpose = any(List.of(PurposeOfUse.values()));
                    decide(
                            time,
                            new Question.ByCustodian(handle(patient), kid(reader), purpose),
                            model.byCustodian(patient, reader, purpose));
                }
                case 1 ->
                    decide(
                            time,
                            new Question.ByPerson(handle(patient), thumbprint(reader)),
                            model.actsFor(patient, reader));
                case 2, 3 -> {
                    String emergency = any(EMERGENCIES);
                    decide(
                            time,
                            new Question.InEmergency(handle(emergency), kid(reader)),
                            model.inEmergency(emergency, reader));
                }
                default -> {
                    String grant = any(GRANTS);
                    Terms terms = any(TERMS);
                    decide(
                            time,
                            new Question.UnderGrant(handle(grant), kid(reader), terms),
                            model.underGrant(grant, reader, terms));
                }
            }
        }

        private void decide(Instant time, Question question, boolean permitted) {
            AccessDecision decision = AccessPolicy.decide(network.state(), time, question);
            assertThat(decision instanceof AccessDecision.Permitted)
                    .as("%s at %s: %s", question, time, decision)
                    .isEqualTo(permitted);
            decisions.add(new Decided(network.history().height(), time, question, decision));
        }

        private void same(String signer, Action action, boolean accepted) {
            Sha256 id = STAFF.contains(signer) ? kid(signer) : thumbprint(signer);
            String outcome = network.call(id, action);
            assertThat(outcome.equals("accepted"))
                    .as("%s by %s: %s", action, signer, outcome)
                    .isEqualTo(accepted);
        }

        private Period period() {
            Instant now = Instant.ofEpochSecond(model.now.getEpochSecond());
            Instant from = now.plus(Duration.ofHours(random.nextInt(-24, 120)));
            return new Period(from, from.plus(Duration.ofHours(1 + random.nextInt(200))));
        }

        private String signer() {
            return any(random.nextInt(3) == 0 ? KEYS : STAFF);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
