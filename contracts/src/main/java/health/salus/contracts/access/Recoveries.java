package health.salus.contracts.access;

import health.salus.contracts.access.AccessAction.NameGuardians;
import health.salus.contracts.access.Recovery.Rotation;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replacing the keys of a patient who has lost them, by guardians whom the patient named before. */
record Recoveries(WorldState state, Call call, Persons persons) {
    Event nameGuardians(NameGuardians named) {
        Patient patient = persons.signingPatient();
        List<Sha256> before = new Access(state)
                .recovery(patient.handle())
                .map(Recovery::guardians)
                .orElse(List.of());
        List<Sha256> kids = new ArrayList<>();
        for (NewKey guardian : named.guardians()) {
            Sha256 kid = guardian.key().thumbprint();
            Rejection.KEY_IN_USE.when(kids.contains(kid));
            if (!before.contains(kid)) {
                persons.putNew(guardian, patient.handle(), Capacity.RECOVERY_GUARDIAN, persons.fromNow());
            }
            kids.add(kid);
        }
        before.stream().filter(kid -> !kids.contains(kid)).forEach(persons::end);
        put(new Recovery(patient.handle(), kids, named.threshold(), Optional.empty()));
        return AccessEvent.of("access.guardians-named", patient)
                .with("guardians", kids.size())
                .with("threshold", named.threshold())
                .event();
    }

    Event propose(Handle handle, NewKey key) {
        Recovery recovery = ofSigningGuardian(handle);
        Rejection.WRONG_STATUS.when(recovery.openRotation(call.time()).isPresent());
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, key.key().thumbprint()));
        Rotation proposed = new Rotation(key, List.of(), persons.fromNow().from(), Optional.empty());
        return support(recovery, proposed, "access.rotation-proposed");
    }

    Event support(Handle handle, Sha256 kid) {
        Recovery recovery = ofSigningGuardian(handle);
        Rotation rotation = open(recovery, kid);
        Rejection.WRONG_STATUS.when(rotation.by().contains(call.signer()));
        return support(recovery, rotation, "access.rotation-supported");
    }

    private Event support(Recovery recovery, Rotation rotation, String type) {
        Rotation supported = rotation.supported(
                call.signer(), recovery.threshold(), persons.fromNow().from());
        put(recovery.with(Optional.of(supported)));
        AccessEvent event = AccessEvent.of(type, patient(recovery))
                .with("kid", supported.key().key().thumbprint())
                .with("support", supported.by().size());
        supported.due().ifPresent(due -> event.with("due", due.getEpochSecond()));
        return event.event();
    }

    Event veto(Handle handle, Sha256 kid) {
        Patient patient = persons.signingPatient();
        Rejection.NOT_AUTHORIZED.unless(patient.handle().equals(handle));
        Recovery recovery = recovery(handle);
        open(recovery, kid);
        put(recovery.with(Optional.empty()));
        return AccessEvent.of("access.rotation-vetoed", patient)
                .with("kid", kid)
                .event();
    }

    Event complete(Handle handle, Sha256 kid) {
        Recovery recovery = recovery(handle);
        Rotation rotation = open(recovery, kid);
        Rejection.ROTATION_NOT_DUE.when(
                rotation.due().filter(due -> !due.isAfter(call.time())).isEmpty());
        Patient patient = patient(recovery);
        patient.keys().forEach(persons::end);
        persons.putNew(rotation.key(), handle, Capacity.PATIENT, persons.fromNow());
        persons.put(patient, List.of(kid));
        put(recovery.with(Optional.empty()));
        return AccessEvent.of("access.keys-replaced", patient).with("kid", kid).event();
    }

    private Recovery ofSigningGuardian(Handle handle) {
        Recovery recovery = recovery(handle);
        Rejection.NOT_AUTHORIZED.unless(recovery.guardians().contains(call.signer()));
        return recovery;
    }

    private Recovery recovery(Handle handle) {
        return new Access(state).recovery(handle).orElseThrow(Rejection.NO_GUARDIANS);
    }

    private Rotation open(Recovery recovery, Sha256 kid) {
        Instant now = call.time();
        return recovery.openRotation(now)
                .filter(rotation -> rotation.key().key().thumbprint().equals(kid))
                .orElseThrow(Rejection.UNKNOWN_ROTATION);
    }

    private Patient patient(Recovery recovery) {
        return new Access(state).patient(recovery.patient()).orElseThrow(Rejection.UNKNOWN_PATIENT);
    }

    private void put(Recovery recovery) {
        state.put(Recovery.key(recovery.patient()), recovery.write());
    }
}
