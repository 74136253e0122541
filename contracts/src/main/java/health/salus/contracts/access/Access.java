package health.salus.contracts.access;

import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads patients, grants and emergency accesses in one state. As thread-safe as the state. */
public record Access(StateView state) {
    /** The patient with this handle. */
    public Optional<Patient> patient(Handle handle) {
        return state.get(Patient.key(handle)).map(value -> Patient.read(handle, value));
    }

    /** The key with this thumbprint, be it in force or not. */
    public Optional<PersonKey> key(Sha256 kid) {
        return state.get(KeyIds.person(kid)).map(value -> PersonKey.read(kid, value));
    }

    /** The key with this thumbprint if it may act for {@code patient} at {@code time}. */
    public Optional<PersonKey> actingFor(Handle patient, Sha256 kid, Instant time) {
        return key(kid).filter(
                        key -> key.patient().equals(patient) && key.capacity().actsForPatient() && key.isInForce(time));
    }

    /** Who can replace the patient's keys, and what they have proposed; empty where the patient named nobody. */
    public Optional<Recovery> recovery(Handle patient) {
        return state.get(Recovery.key(patient)).map(value -> Recovery.read(patient, value));
    }

    /** The passkey of a certificate's holder with this thumbprint, be it bound or not any more. */
    public Optional<StaffPasskey> staffPasskey(Sha256 kid) {
        return state.get(KeyIds.staff(kid)).map(value -> StaffPasskey.read(kid, value));
    }

    /** What makes the key with this thumbprint a passkey, of a person or of staff; empty for a plain key, or none. */
    public Optional<Passkey> passkey(Sha256 kid) {
        return key(kid).flatMap(PersonKey::passkey).or(() -> staffPasskey(kid).map(StaffPasskey::passkey));
    }

    /** The passkeys that are bound to the certificate with this thumbprint. */
    public List<StaffPasskey> staffPasskeys(Sha256 certificate) {
        return StaffPasskey.bound(state, certificate).stream()
                .flatMap(kid -> staffPasskey(kid).stream())
                .toList();
    }

    /** The certificate in force at {@code time} whose key, or whose holder's passkey, has this thumbprint. */
    public Optional<Certificate> signingCertificate(Sha256 kid, Instant time) {
        Members members = new Members(state);
        return members.inForce(kid, time)
                .or(() -> staffPasskey(kid)
                        .filter(passkey -> !passkey.unbound())
                        .flatMap(passkey -> members.inForce(passkey.certificate(), time)));
    }

    /** The key of a person or passkey, x ‖ y in base64url, if it may sign at {@code time}. */
    public Optional<String> signingKey(Sha256 kid, Instant time) {
        Optional<JsonObject> person = state.get(KeyIds.person(kid));
        if (person.isPresent()) {
            return person.filter(value -> PersonKey.read(kid, value).isInForce(time))
                    .map(value -> new Fields(value).text("key"));
        }
        return state.get(KeyIds.staff(kid))
                .filter(value -> signingCertificate(kid, time).isPresent())
                .map(value -> new Fields(value).text("key"));
    }

    /** The grant with this id. */
    public Optional<Grant> grant(Handle id) {
        return state.get(Grant.key(id)).map(value -> Grant.read(id, value));
    }

    /** The emergency access with this id. */
    public Optional<Emergency> emergency(Handle id) {
        return state.get(Emergency.key(id)).map(value -> Emergency.read(id, value));
    }

    /** The emergency accesses that the holder of a certificate has to justify yet, oldest first. */
    public List<Emergency> toJustify(Sha256 certificate) {
        return state.get(Debts.key(certificate)).map(Debts::read).stream()
                .flatMap(owed -> owed.debts().stream())
                .flatMap(debt -> emergency(debt.emergency()).stream())
                .toList();
    }
}
