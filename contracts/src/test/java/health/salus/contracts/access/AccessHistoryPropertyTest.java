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
import health.salus.contracts.access.AccessModel.ModelEmergency;
import health.salus.contracts.access.AccessModel.ModelGrant;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Change;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.RevocationReason;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
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
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;

/** Random histories: a plain model foretells every outcome, and every decision can be repeated at its height. */
class AccessHistoryPropertyTest {
    private static final int STEPS = 13;

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
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void a_plain_model_foretells_every_outcome_and_past_decisions_can_be_repeated(@ForAll long seed) {
        History history = new History(new SplittableRandom(seed));
        for (int i = 0; i < STEPS; i++) {
            history.step();
            history.ask();
            history.ask();
        }

        Statistics.coverage(AccessHistoryPropertyTest::everyAnswerCameUp);
        for (Decided decided : history.decisions) {
            assertThat(AccessPolicy.decide(
                            history.network.history().at(decided.height()), decided.time(), decided.question()))
                    .isEqualTo(decided.decision());
        }
    }

    /** Each of these answers dozens of times, else the histories would test nothing. */
    private static void everyAnswerCameUp(StatisticsCoverage coverage) {
        for (String kind : List.of("UnderGrant", "InEmergency", "ByCustodian", "ByPerson")) {
            coverage.check(kind, "permitted").count(count -> count > 30);
        }
        for (DenialReason reason : List.of(
                DenialReason.GRANT_PENDING,
                DenialReason.GRANT_DENIED,
                DenialReason.GRANT_REVOKED,
                DenialReason.GRANT_WITHDRAWN,
                DenialReason.GRANT_EXPIRED,
                DenialReason.GRANT_NOT_YET_VALID,
                DenialReason.TERMS_MISMATCH,
                DenialReason.OTHER_REQUESTER,
                DenialReason.CUSTODIAN_SUSPENDED)) {
            coverage.check("UnderGrant", reason.code()).count(count -> count > 30);
        }
        coverage.check("InEmergency", DenialReason.EMERGENCY_OVER.code()).count(count -> count > 30);
    }

    private static TestNetwork base() {
        TestNetwork network = TestNetwork.founded()
                .certificate("founder-admin", "hospital", Role.ADMIN)
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("registrar", "hospital", Role.CLIENT, Attribute.REGISTRAR, Attribute.CLINICIAN)
                .certificate("auditor", "hospital", Role.CLIENT, Attribute.AUDITOR, Attribute.EMERGENCY)
                .certificate("doctor", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("colleague", "clinic", Role.CLIENT);
        network.must(
                kid("founder-admin"), network.proposal(new Change.AdmitOrganization(TestNetwork.organization("lab"))));
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
            switch (random.nextInt(32)) {
                case 0 -> register();
                case 1 -> addKey();
                case 2 -> revokeKey();
                case 3 -> appoint();
                case 4 -> appointByCourt();
                case 5 -> dismiss();
                case 6, 7, 8, 9 -> request();
                case 10, 11, 12, 13, 14, 15, 16, 17 -> approve();
                case 18 -> deny();
                case 19 -> revoke();
                case 20 -> withdraw();
                case 21 -> expire();
                case 22, 23, 24, 25 -> breakGlass();
                case 26, 27 -> justify();
                case 28, 29 -> review();
                case 30 -> organization();
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
            String signer = mostly(any(PATIENTS));
            String key = any(KEYS);
            same(signer, new AddKey(key(key)), model.addKey(signer, key));
        }

        private void revokeKey() {
            String signer = mostly(any(PATIENTS));
            String key = random.nextBoolean() ? signer : any(KEYS);
            same(signer, new RevokeKey(thumbprint(key)), model.revokeKey(signer, key));
        }

        private void appoint() {
            String signer = mostly(any(PATIENTS));
            Capacity capacity = random.nextBoolean() ? Capacity.PROXY : Capacity.GUARDIAN;
            String key = any(KEYS);
            Period period = period();
            same(signer, new Appoint(capacity, key(key), period), model.appoint(signer, capacity, key, period));
        }

        private void appointByCourt() {
            String signer = mostly("registrar");
            String patient = any(PATIENTS);
            String key = any(KEYS);
            Period period = period();
            same(
                    signer,
                    new AppointByCourt(handle(patient), key(key), CourtReason.MINOR, period),
                    model.appointByCourt(signer, patient, key, period));
        }

        private void dismiss() {
            String signer = mostly(any(PATIENTS));
            String key = any(KEYS);
            same(signer, new Dismiss(thumbprint(key)), model.dismiss(signer, key));
        }

        private void request() {
            String signer = mostly(any(List.of("doctor", "brief", "lab-doctor", "registrar")));
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
            String grant = grant();
            String signer = mostly(actsFor(grant));
            Terms terms = termsOf(grant);
            same(
                    signer,
                    new Approve(handle(grant), terms.commitment()),
                    model.decideOn(signer, grant, Optional.of(terms)));
        }

        private void deny() {
            String grant = grant();
            String signer = mostly(actsFor(grant));
            same(signer, new Deny(handle(grant)), model.decideOn(signer, grant, Optional.empty()));
        }

        private void revoke() {
            String grant = grant();
            String signer = mostly(actsFor(grant));
            same(signer, new Revoke(handle(grant)), model.revoke(signer, grant));
        }

        private void withdraw() {
            String grant = grant();
            String signer = mostly(colleague(grant));
            same(signer, new Withdraw(handle(grant)), model.withdraw(signer, grant));
        }

        private void expire() {
            String signer = signer();
            String grant = grant();
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
            String emergency = emergency();
            String signer = mostly(opener(emergency));
            same(
                    signer,
                    new Justify(handle(emergency), new JustificationCommitment(kid("justification"))),
                    model.justify(signer, emergency));
        }

        private void review() {
            String signer = mostly("auditor");
            String emergency = emergency();
            Finding finding = random.nextBoolean() ? Finding.ACCEPTED : Finding.OBJECTED;
            same(signer, new Review(handle(emergency), finding), model.review(signer, emergency, finding));
        }

        private void organization() {
            String organization = random.nextInt(3) == 0 ? "clinic" : "lab";
            boolean suspended = model.suspendedOrganizations.contains(organization);
            if (!suspended && random.nextInt(3) > 0) {
                return;
            }
            network.must(
                    kid("founder-admin"),
                    network.proposal(
                            suspended
                                    ? new Change.RestoreOrganization(organization)
                                    : new Change.SuspendOrganization(organization)));
            if (suspended) {
                model.suspendedOrganizations.remove(organization);
            } else {
                model.suspendedOrganizations.add(organization);
            }
        }

        private void certificate() {
            String name = any(List.of("doctor", "colleague", "brief"));
            ModelCertificate certificate = model.certificate(name);
            if (certificate.status == CertificateStatus.REVOKED || model.suspendedOrganizations.contains("clinic")) {
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
            Instant time = network.time().plus(Duration.ofSeconds(random.nextInt(100_000)));
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
                    String emergency = emergency();
                    reader = mostly(opener(emergency));
                    decide(
                            time,
                            new Question.InEmergency(handle(emergency), kid(reader)),
                            model.inEmergency(emergency, reader));
                }
                default -> {
                    String grant = grant();
                    reader = mostly(colleague(grant));
                    Terms terms = termsOf(grant);
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
            Statistics.collect(
                    question.getClass().getSimpleName(),
                    decision instanceof AccessDecision.Denied(DenialReason reason) ? reason.code() : "permitted");
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
            Instant from = now.plus(Duration.ofHours(random.nextInt(-48, 48)));
            return new Period(from, from.plus(Duration.ofHours(1 + random.nextInt(300))));
        }

        private String mostly(String signer) {
            return random.nextInt(4) > 0 ? signer : signer();
        }

        private String grant() {
            return model.grants.isEmpty()
                    ? any(GRANTS)
                    : any(GRANTS.stream().filter(model.grants::containsKey).toList());
        }

        private String emergency() {
            return model.emergencies.isEmpty()
                    ? any(EMERGENCIES)
                    : any(EMERGENCIES.stream()
                            .filter(model.emergencies::containsKey)
                            .toList());
        }

        private Terms termsOf(String grant) {
            ModelGrant known = model.grants.get(grant);
            return known == null || random.nextInt(5) == 0 ? any(TERMS) : known.terms;
        }

        private String actsFor(String grant) {
            ModelGrant known = model.grants.get(grant);
            List<String> acting = KEYS.stream()
                    .filter(key -> known != null && model.actsFor(known.patient, key))
                    .toList();
            return any(acting.isEmpty() ? KEYS : acting);
        }

        private String colleague(String grant) {
            ModelGrant known = model.grants.get(grant);
            return known == null
                    ? signer()
                    : any(STAFF.stream()
                            .filter(name -> model.certificate(name).organization.equals(known.organization))
                            .toList());
        }

        private String opener(String emergency) {
            ModelEmergency known = model.emergencies.get(emergency);
            return known == null ? any(STAFF) : known.signer;
        }

        private String signer() {
            return any(random.nextInt(3) == 0 ? KEYS : STAFF);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
