package health.salus.contracts.access;

import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.AppointByCourt;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Period;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Patients, their keys, and their substitutes. */
record Persons(WorldState state, Call call) {
    /** Most keys of their own that a patient can have at once. */
    static final int MOST_KEYS = 16;

    Event register(Handle handle, NewKey key) {
        Certificate signer = new Access(state)
                .signingCertificate(call.signer(), call.time())
                .filter(certificate -> certificate.hasAny(Attribute.GATEWAY, Attribute.REGISTRAR))
                .orElseThrow(Rejection.NOT_AUTHORIZED);
        Rejection.PATIENT_EXISTS.when(new Access(state).patient(handle).isPresent());
        Sha256 kid = key.key().thumbprint();
        Patient patient = new Patient(handle, signer.organization(), List.of(kid));
        putNew(key, handle, Capacity.PATIENT, fromNow());
        state.put(Patient.key(handle), patient.write());
        return AccessEvent.of("access.patient-registered", patient)
                .with("kid", kid)
                .event();
    }

    Event addKey(NewKey key) {
        Patient patient = signingPatient();
        Rejection.TOO_MANY_KEYS.when(patient.keys().size() >= MOST_KEYS);
        List<Sha256> keys = new ArrayList<>(patient.keys());
        keys.add(key.key().thumbprint());
        putNew(key, patient.handle(), Capacity.PATIENT, fromNow());
        put(patient, keys);
        return AccessEvent.of("access.key-added", patient)
                .with("kid", key.key().thumbprint())
                .event();
    }

    Event revokeKey(Sha256 kid) {
        Patient patient = signingPatient();
        List<Sha256> keys = new ArrayList<>(patient.keys());
        Rejection.UNKNOWN_KEY.unless(keys.remove(kid));
        Rejection.LAST_KEY.when(keys.isEmpty());
        put(patient, keys);
        end(kid);
        return AccessEvent.of("access.key-revoked", patient).with("kid", kid).event();
    }

    Event appoint(Appoint appoint) {
        Patient patient = signingPatient();
        appoint.period().requireReasonableAt(call.time());
        putNew(appoint.key(), patient.handle(), appoint.capacity(), appoint.period());
        return appointed(patient, appoint.key(), appoint.capacity(), appoint.period())
                .event();
    }

    Event appointByCourt(AppointByCourt appoint) {
        Patient patient = new Access(state).patient(appoint.patient()).orElseThrow(Rejection.UNKNOWN_PATIENT);
        Rejection.NOT_AUTHORIZED.unless(isRegistrarOf(patient));
        appoint.period().requireReasonableAt(call.time());
        Rejection.TOO_SOON.when(appoint.period().from().isBefore(call.time().plus(AccessContract.COURT_NOTICE)));
        putNew(appoint.key(), patient.handle(), Capacity.COURT, appoint.period());
        return appointed(patient, appoint.key(), Capacity.COURT, appoint.period())
                .with("reason", Codes.code(appoint.reason()))
                .event();
    }

    Event dismiss(Sha256 kid) {
        Access access = new Access(state);
        PersonKey substitute = access.key(kid)
                .filter(key ->
                        key.capacity() != Capacity.PATIENT && key.capacity().actsForPatient())
                .orElseThrow(Rejection.UNKNOWN_KEY);
        Patient patient = access.patient(substitute.patient()).orElseThrow(Rejection.UNKNOWN_PATIENT);
        boolean byPatient = access.actingFor(patient.handle(), call.signer(), call.time())
                .filter(key -> key.capacity() == Capacity.PATIENT || key.kid().equals(kid))
                .isPresent();
        boolean byRegistrar = substitute.capacity() == Capacity.COURT && isRegistrarOf(patient);
        Rejection.NOT_AUTHORIZED.unless(byPatient || byRegistrar);
        Rejection.WRONG_STATUS.when(substitute.revoked());
        end(kid);
        return AccessEvent.of("access.substitute-dismissed", patient)
                .with("kid", kid)
                .event();
    }

    /** The patient whose own key signed; substitutes look after records, not after keys. */
    Patient signingPatient() {
        Access access = new Access(state);
        return access.key(call.signer())
                .filter(key -> key.capacity() == Capacity.PATIENT && key.isInForce(call.time()))
                .flatMap(key -> access.patient(key.patient()))
                .orElseThrow(Rejection.NOT_AUTHORIZED);
    }

    private boolean isRegistrarOf(Patient patient) {
        return new Access(state)
                .signingCertificate(call.signer(), call.time())
                .filter(signer -> signer.hasAny(Attribute.REGISTRAR)
                        && signer.organization().equals(patient.custodian()))
                .isPresent();
    }

    private static AccessEvent appointed(Patient patient, NewKey key, Capacity capacity, Period period) {
        return AccessEvent.of("access.substitute-appointed", patient)
                .with("kid", key.key().thumbprint())
                .with("capacity", Codes.code(capacity))
                .with("from", period.from().getEpochSecond())
                .with("until", period.until().getEpochSecond());
    }

    Period fromNow() {
        return new Period(Instant.ofEpochSecond(call.time().getEpochSecond()), Period.END_OF_TIME);
    }

    void putNew(NewKey key, Handle patient, Capacity capacity, Period period) {
        Sha256 kid = key.key().thumbprint();
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, kid));
        PersonKey made = new PersonKey(kid, patient, capacity, period, key.passkey(), false);
        state.put(KeyIds.person(kid), made.write(key.key().base64Url()));
    }

    void put(Patient patient, List<Sha256> keys) {
        state.put(Patient.key(patient.handle()), new Patient(patient.handle(), patient.custodian(), keys).write());
    }

    void end(Sha256 kid) {
        PersonKey.change(state, kid, PersonKey::revoke);
    }
}
