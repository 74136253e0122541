package health.salus.contracts.access;

import health.salus.contracts.access.AccessDecision.Basis;
import health.salus.contracts.access.AccessDecision.Denied;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether records may be read. A pure function of state, time and question: with the state of a past height and
 * the time of a past request it gives the answer of then, to anybody who holds the ledger and the terms. Thread-safe.
 */
public final class AccessPolicy {
    private final Instant time;
    private final Members members;
    private final Access access;

    private AccessPolicy(StateView state, Instant time) {
        this.time = time;
        this.members = new Members(state);
        this.access = new Access(state);
    }

    /** Decides {@code question} in this state at this time; whatever is not known to be allowed is denied. */
    public static AccessDecision decide(StateView state, Instant time, Question question) {
        AccessPolicy policy = new AccessPolicy(state, time);
        return switch (question) {
            case Question.UnderGrant(Handle id, Sha256 requester, Terms terms) ->
                policy.withCertificate(requester, certificate -> policy.underGrant(id, certificate, terms));
            case Question.InEmergency(Handle id, Sha256 requester) ->
                policy.withCertificate(requester, certificate -> policy.inEmergency(id, certificate));
            case Question.ByCustodian(Handle patient, Sha256 requester, PurposeOfUse purpose) ->
                policy.withCertificate(requester, certificate -> policy.byCustodian(patient, certificate, purpose));
            case Question.ByPerson(Handle patient, Sha256 key) -> policy.byPerson(patient, key);
        };
    }

    private AccessDecision underGrant(Handle id, Certificate requester, Terms terms) {
        Optional<Grant> found = access.grant(id);
        if (found.isEmpty()) {
            return new Denied(DenialReason.UNKNOWN_GRANT);
        }
        Grant grant = found.get();
        if (!grant.requester().equals(requester.organization())) {
            return new Denied(DenialReason.OTHER_REQUESTER);
        }
        Optional<DenialReason> reason = reasonAgainst(grant);
        if (reason.isPresent()) {
            return new Denied(reason.get());
        }
        if (!grant.terms().equals(terms.commitment())) {
            return new Denied(DenialReason.TERMS_MISMATCH);
        }
        if (!members.isActive(grant.custodian())) {
            return new Denied(DenialReason.CUSTODIAN_SUSPENDED);
        }
        Instant until = earlier(grant.period().until(), requester.validity().until());
        return new Permitted(grant.patient(), new Basis.UnderGrant(id, terms), until);
    }

    private Optional<DenialReason> reasonAgainst(Grant grant) {
        return switch (grant.status()) {
            case REQUESTED ->
                Optional.of(grant.period().hasEnded(time) ? DenialReason.GRANT_EXPIRED : DenialReason.GRANT_PENDING);
            case DENIED -> Optional.of(DenialReason.GRANT_DENIED);
            case REVOKED -> Optional.of(DenialReason.GRANT_REVOKED);
            case WITHDRAWN -> Optional.of(DenialReason.GRANT_WITHDRAWN);
            case EXPIRED -> Optional.of(DenialReason.GRANT_EXPIRED);
            case APPROVED -> {
                if (grant.period().contains(time)) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        grant.period().isAfter(time) ? DenialReason.GRANT_NOT_YET_VALID : DenialReason.GRANT_EXPIRED);
            }
        };
    }

    private AccessDecision inEmergency(Handle id, Certificate requester) {
        Optional<Emergency> found = access.emergency(id);
        if (found.isEmpty()) {
            return new Denied(DenialReason.UNKNOWN_EMERGENCY);
        }
        Emergency emergency = found.get();
        if (!emergency.signer().equals(requester.kid())) {
            return new Denied(DenialReason.OTHER_REQUESTER);
        }
        if (!emergency.lasts(time)) {
            return new Denied(DenialReason.EMERGENCY_OVER);
        }
        if (!members.isActive(emergency.custodian())) {
            return new Denied(DenialReason.CUSTODIAN_SUSPENDED);
        }
        Instant until = earlier(emergency.until(), requester.validity().until());
        return new Permitted(emergency.patient(), new Basis.InEmergency(id, emergency.reason()), until);
    }

    private AccessDecision byCustodian(Handle handle, Certificate requester, PurposeOfUse purpose) {
        Optional<Patient> patient = access.patient(handle);
        if (patient.isEmpty()) {
            return new Denied(DenialReason.UNKNOWN_PATIENT);
        }
        if (!patient.get().custodian().equals(requester.organization())) {
            return new Denied(DenialReason.NOT_CUSTODIAN);
        }
        if (!requester.hasAny(purpose.staff().toArray(Attribute[]::new))) {
            return new Denied(DenialReason.PURPOSE_NOT_COVERED);
        }
        return new Permitted(
                handle,
                new Basis.ByCustodian(requester.organization(), purpose),
                requester.validity().until());
    }

    private AccessDecision byPerson(Handle patient, Sha256 kid) {
        if (access.patient(patient).isEmpty()) {
            return new Denied(DenialReason.UNKNOWN_PATIENT);
        }
        return access.actingFor(patient, kid, time)
                .<AccessDecision>map(key -> new Permitted(
                        patient,
                        new Basis.ByPerson(key.capacity()),
                        key.period().until()))
                .orElse(new Denied(DenialReason.KEY_NOT_IN_FORCE));
    }

    private AccessDecision withCertificate(Sha256 kid, Function<Certificate, AccessDecision> inForce) {
        Optional<Certificate> certificate = members.certificate(kid);
        if (certificate.isEmpty()) {
            return new Denied(DenialReason.UNKNOWN_CERTIFICATE);
        }
        return switch (members.standing(certificate.get(), time)) {
            case IN_FORCE -> inForce.apply(certificate.get());
            case NOT_YET_VALID -> new Denied(DenialReason.CERTIFICATE_NOT_YET_VALID);
            case EXPIRED -> new Denied(DenialReason.CERTIFICATE_EXPIRED);
            case SUSPENDED -> new Denied(DenialReason.CERTIFICATE_SUSPENDED);
            case REVOKED -> new Denied(DenialReason.CERTIFICATE_REVOKED);
            case ORGANIZATION_SUSPENDED -> new Denied(DenialReason.ORGANIZATION_SUSPENDED);
            case ORGANIZATION_REMOVED -> new Denied(DenialReason.ORGANIZATION_REMOVED);
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
