package health.salus.contracts.access;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.rule.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of access once more, in the plainest words, with names for handles and keys. Every method answers whether the
 * transaction should be accepted, and if so, changes the model.
 */
final class AccessModel {
    enum CertificateStatus {
        ACTIVE,
        SUSPENDED,
        REVOKED
    }

    static final class ModelCertificate {
        final String organization;
        final Set<Attribute> attributes;
        final Period validity;
        CertificateStatus status = CertificateStatus.ACTIVE;

        ModelCertificate(String organization, Period validity, Attribute... attributes) {
            this.organization = organization;
            this.validity = validity;
            this.attributes = Set.of(attributes);
        }
    }

    static final class ModelKey {
        final String patient;
        final Capacity capacity;
        final Period period;
        boolean revoked;

        ModelKey(String patient, Capacity capacity, Period period) {
            this.patient = patient;
            this.capacity = capacity;
            this.period = period;
        }
    }

    static final class ModelGrant {
        final String patient;
        final String organization;
        final Terms terms;
        final Period period;
        Grant.Status status = Grant.Status.REQUESTED;

        ModelGrant(String patient, String organization, Terms terms, Period period) {
            this.patient = patient;
            this.organization = organization;
            this.terms = terms;
            this.period = period;
        }

        boolean isOpen(Instant now) {
            return (status == Grant.Status.REQUESTED || status == Grant.Status.APPROVED)
                    && now.isBefore(period.until());
        }
    }

    static final class ModelEmergency {
        final String patient;
        final String signer;
        final Instant until;
        final Instant due;
        boolean justified;
        Optional<Finding> finding = Optional.empty();

        ModelEmergency(String patient, String signer, Instant until, Instant due) {
            this.patient = patient;
            this.signer = signer;
            this.until = until;
            this.due = due;
        }
    }

    final Set<String> suspendedOrganizations = new HashSet<>();
    final Map<String, ModelCertificate> certificates = new HashMap<>();
    final Map<String, String> custodians = new HashMap<>();
    final Map<String, ModelKey> keys = new HashMap<>();
    final Map<String, ModelGrant> grants = new HashMap<>();
    final Map<String, ModelEmergency> emergencies = new HashMap<>();
    Instant now = Instant.EPOCH;

    // ---- who ----

    boolean staff(String signer, Attribute... any) {
        ModelCertificate certificate = certificates.get(signer);
        if (certificate == null
                || certificate.status != CertificateStatus.ACTIVE
                || suspendedOrganizations.contains(certificate.organization)
                || now.isBefore(certificate.validity.from())
                || !now.isBefore(certificate.validity.until())) {
            return false;
        }
        return any.length == 0 || Set.of(any).stream().anyMatch(certificate.attributes::contains);
    }

    ModelCertificate certificate(String name) {
        return of(certificates, name);
    }

    private String organization(String signer) {
        return certificate(signer).organization;
    }

    private boolean keyWorks(String signer) {
        ModelKey key = keys.get(signer);
        return key != null && !key.revoked && !now.isBefore(key.period.from()) && now.isBefore(key.period.until());
    }

    boolean actsFor(String patient, String signer) {
        return keyWorks(signer) && of(keys, signer).patient.equals(patient);
    }

    private boolean isPatient(String signer) {
        return keyWorks(signer) && of(keys, signer).capacity == Capacity.PATIENT;
    }

    private boolean signs(String signer) {
        return staff(signer) || keyWorks(signer);
    }

    private boolean registrar(String signer, String patient) {
        return staff(signer, Attribute.REGISTRAR) && organization(signer).equals(of(custodians, patient));
    }

    // ---- persons ----

    boolean register(String signer, String patient, String key) {
        if (!staff(signer, Attribute.GATEWAY, Attribute.REGISTRAR)
                || custodians.containsKey(patient)
                || keys.containsKey(key)) {
            return false;
        }
        custodians.put(patient, organization(signer));
        keys.put(key, new ModelKey(patient, Capacity.PATIENT, fromNow()));
        return true;
    }

    boolean addKey(String signer, String key) {
        if (!isPatient(signer) || keys.containsKey(key)) {
            return false;
        }
        keys.put(key, new ModelKey(of(keys, signer).patient, Capacity.PATIENT, fromNow()));
        return true;
    }

    boolean revokeKey(String signer, String key) {
        if (!isPatient(signer) || !keys.containsKey(key)) {
            return false;
        }
        String patient = of(keys, signer).patient;
        ModelKey revoked = of(keys, key);
        long own = keys.values().stream()
                .filter(any -> any.patient.equals(patient) && any.capacity == Capacity.PATIENT && !any.revoked)
                .count();
        if (!revoked.patient.equals(patient) || revoked.capacity != Capacity.PATIENT || revoked.revoked || own < 2) {
            return false;
        }
        revoked.revoked = true;
        return true;
    }

    boolean appoint(String signer, Capacity capacity, String key, Period period) {
        if (!isPatient(signer) || keys.containsKey(key) || !now.isBefore(period.until())) {
            return false;
        }
        keys.put(key, new ModelKey(of(keys, signer).patient, capacity, period));
        return true;
    }

    boolean appointByCourt(String signer, String patient, String key, Period period) {
        if (!custodians.containsKey(patient)
                || !registrar(signer, patient)
                || keys.containsKey(key)
                || period.from().isBefore(now.plus(Duration.ofDays(3)))) {
            return false;
        }
        keys.put(key, new ModelKey(patient, Capacity.COURT, period));
        return true;
    }

    boolean dismiss(String signer, String key) {
        ModelKey substitute = keys.get(key);
        if (substitute == null || substitute.capacity == Capacity.PATIENT || substitute.revoked) {
            return false;
        }
        boolean byPatient = isPatient(signer) && of(keys, signer).patient.equals(substitute.patient);
        boolean bySelf = signer.equals(key) && keyWorks(signer);
        boolean byRegistrar = substitute.capacity == Capacity.COURT && registrar(signer, substitute.patient);
        if (!byPatient && !bySelf && !byRegistrar) {
            return false;
        }
        substitute.revoked = true;
        return true;
    }

    // ---- grants ----

    boolean request(String signer, String grant, String patient, Terms terms, Period period) {
        if (!staff(signer)
                || grants.containsKey(grant)
                || !custodians.containsKey(patient)
                || !now.isBefore(period.until())) {
            return false;
        }
        grants.put(grant, new ModelGrant(patient, organization(signer), terms, period));
        return true;
    }

    boolean decideOn(String signer, String id, Optional<Terms> approved) {
        ModelGrant grant = grants.get(id);
        if (grant == null
                || !actsFor(grant.patient, signer)
                || grant.status != Grant.Status.REQUESTED
                || !grant.isOpen(now)
                || (approved.isPresent() && !approved.get().equals(grant.terms))) {
            return false;
        }
        grant.status = approved.isPresent() ? Grant.Status.APPROVED : Grant.Status.DENIED;
        return true;
    }

    boolean revoke(String signer, String id) {
        ModelGrant grant = grants.get(id);
        if (grant == null || !actsFor(grant.patient, signer) || !grant.isOpen(now)) {
            return false;
        }
        grant.status = Grant.Status.REVOKED;
        return true;
    }

    boolean withdraw(String signer, String id) {
        ModelGrant grant = grants.get(id);
        if (grant == null || !staff(signer) || !organization(signer).equals(grant.organization) || !grant.isOpen(now)) {
            return false;
        }
        grant.status = Grant.Status.WITHDRAWN;
        return true;
    }

    boolean expire(String signer, String id) {
        ModelGrant grant = grants.get(id);
        if (grant == null
                || !signs(signer)
                || now.isBefore(grant.period.until())
                || (grant.status != Grant.Status.REQUESTED && grant.status != Grant.Status.APPROVED)) {
            return false;
        }
        grant.status = Grant.Status.EXPIRED;
        return true;
    }

    // ---- emergencies ----

    boolean breakGlass(String signer, String id, String patient, Instant until) {
        boolean overdue = emergencies.values().stream()
                .anyMatch(any -> any.signer.equals(signer) && !any.justified && !now.isBefore(any.due));
        if (!staff(signer, Attribute.CLINICIAN, Attribute.EMERGENCY)
                || emergencies.containsKey(id)
                || !custodians.containsKey(patient)
                || !until.isAfter(now)
                || until.isAfter(now.plus(Duration.ofHours(24)))
                || overdue) {
            return false;
        }
        emergencies.put(id, new ModelEmergency(patient, signer, until, now.plus(Duration.ofDays(3))));
        return true;
    }

    boolean justify(String signer, String id) {
        ModelEmergency emergency = emergencies.get(id);
        if (emergency == null || !emergency.signer.equals(signer) || !staff(signer) || emergency.justified) {
            return false;
        }
        emergency.justified = true;
        return true;
    }

    boolean review(String signer, String id, Finding finding) {
        ModelEmergency emergency = emergencies.get(id);
        if (emergency == null
                || !staff(signer, Attribute.AUDITOR)
                || !organization(signer).equals(of(custodians, emergency.patient))
                || signer.equals(emergency.signer)
                || emergency.finding.isPresent()
                || (finding == Finding.ACCEPTED && !emergency.justified)) {
            return false;
        }
        emergency.finding = Optional.of(finding);
        return true;
    }

    // ---- decisions: may read ----

    boolean underGrant(String id, String reader, Terms terms) {
        ModelGrant grant = grants.get(id);
        return grant != null
                && grant.status == Grant.Status.APPROVED
                && !now.isBefore(grant.period.from())
                && now.isBefore(grant.period.until())
                && terms.equals(grant.terms)
                && staff(reader)
                && organization(reader).equals(grant.organization)
                && !suspendedOrganizations.contains(of(custodians, grant.patient));
    }

    boolean inEmergency(String id, String reader) {
        ModelEmergency emergency = emergencies.get(id);
        return emergency != null
                && emergency.signer.equals(reader)
                && staff(reader)
                && now.isBefore(emergency.until)
                && !emergency.finding.equals(Optional.of(Finding.OBJECTED))
                && !suspendedOrganizations.contains(of(custodians, emergency.patient));
    }

    boolean byCustodian(String patient, String reader, PurposeOfUse purpose) {
        return custodians.containsKey(patient)
                && staff(reader)
                && organization(reader).equals(of(custodians, patient))
                && staff(reader, purpose.staff().toArray(Attribute[]::new))
                && !purpose.staff().isEmpty();
    }

    private Period fromNow() {
        return new Period(Instant.ofEpochSecond(now.getEpochSecond()), Period.END_OF_TIME);
    }

    private static <T> T of(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new AssertionError("the model knows no " + name);
        }
        return value;
    }
}
