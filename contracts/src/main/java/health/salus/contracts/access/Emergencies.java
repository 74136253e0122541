package health.salus.contracts.access;

import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.Debts.Debt;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Emergency access: opened by who is on duty, told to the patient by its event, justified by who opened it, reviewed. */
record Emergencies(WorldState state, Call call) {
    Event open(BreakGlass open) {
        Certificate signer = new Access(state)
                .signingCertificate(call.signer(), call.time())
                .filter(certificate -> certificate.hasAny(Attribute.CLINICIAN, Attribute.EMERGENCY))
                .orElseThrow(Rejection.NOT_AUTHORIZED);
        Access access = new Access(state);
        Rejection.EMERGENCY_EXISTS.when(access.emergency(open.emergency()).isPresent());
        Patient patient = access.patient(open.patient()).orElseThrow(Rejection.UNKNOWN_PATIENT);
        Rejection.INVALID_PERIOD.unless(open.until().isAfter(call.time()));
        Rejection.TOO_LONG.when(open.until().isAfter(call.time().plus(AccessContract.LONGEST_EMERGENCY)));
        Debts debts = debts(signer.kid());
        Rejection.JUSTIFICATION_OVERDUE.when(debts.overdue(call.time()));
        Rejection.TOO_MANY_EMERGENCIES.when(debts.isFull());
        Instant due = call.time().plus(AccessContract.JUSTIFICATION_DUE);
        Emergency emergency = new Emergency(
                open.emergency(),
                patient.handle(),
                patient.custodian(),
                signer.organization(),
                signer.kid(),
                open.reason(),
                call.time(),
                open.until(),
                due,
                Optional.empty(),
                Optional.empty());
        state.put(Emergency.key(emergency.id()), emergency.write());
        state.put(
                Debts.key(signer.kid()),
                debts.plus(new Debt(emergency.id(), due)).write());
        return event("access.emergency-opened", emergency)
                .with("reason", Codes.code(open.reason()))
                .with("until", open.until().getEpochSecond())
                .event();
    }

    Event justify(Handle id, JustificationCommitment justification) {
        Emergency emergency = emergency(id);
        Rejection.NOT_AUTHORIZED.unless(new Access(state)
                .signingCertificate(call.signer(), call.time())
                .filter(signer -> signer.kid().equals(emergency.signer()))
                .isPresent());
        Rejection.WRONG_STATUS.when(emergency.justification().isPresent());
        state.put(Emergency.key(id), emergency.justified(justification).write());
        Debts left = debts(emergency.signer()).minus(id);
        if (left.debts().isEmpty()) {
            state.remove(Debts.key(emergency.signer()));
        } else {
            state.put(Debts.key(emergency.signer()), left.write());
        }
        return event("access.emergency-justified", emergency)
                .with("justification", justification.digest())
                .event();
    }

    Event review(Handle id, Finding finding) {
        Emergency emergency = emergency(id);
        Certificate signer = new Access(state)
                .signingCertificate(call.signer(), call.time())
                .filter(certificate -> certificate.hasAny(Attribute.AUDITOR)
                        && certificate.organization().equals(emergency.custodian()))
                .orElseThrow(Rejection.NOT_AUTHORIZED);
        Rejection.OWN_EMERGENCY.when(signer.kid().equals(emergency.signer()));
        Rejection.WRONG_STATUS.when(emergency.finding().isPresent());
        Rejection.NOT_JUSTIFIED.when(
                finding == Finding.ACCEPTED && emergency.justification().isEmpty());
        state.put(Emergency.key(id), emergency.reviewed(finding).write());
        return event("access.emergency-reviewed", emergency)
                .with("finding", Codes.code(finding))
                .event();
    }

    private Emergency emergency(Handle id) {
        return new Access(state).emergency(id).orElseThrow(Rejection.UNKNOWN_EMERGENCY);
    }

    private Debts debts(Sha256 signer) {
        return state.get(Debts.key(signer)).map(Debts::read).orElse(new Debts(List.of()));
    }

    private static AccessEvent event(String type, Emergency emergency) {
        return AccessEvent.of(type, emergency.patient(), emergency.custodian())
                .with("emergency", emergency.id().value())
                .with("organization", emergency.organization());
    }
}
