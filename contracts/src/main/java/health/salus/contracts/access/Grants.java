package health.salus.contracts.access;

import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.Grant.Status;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.rule.Rejection;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;

/** The life of a grant: requested → approved or denied; approved → revoked; withdrawn or expired from either. */
record Grants(WorldState state, Call call) {
    Event request(Request request) {
        Certificate signer = certificate();
        Access access = new Access(state);
        Rejection.GRANT_EXISTS.when(access.grant(request.grant()).isPresent());
        Patient patient = access.patient(request.patient()).orElseThrow(Rejection.UNKNOWN_PATIENT);
        request.period().requireReasonableAt(call.time());
        Grant grant = new Grant(
                request.grant(),
                patient.handle(),
                patient.custodian(),
                signer.organization(),
                signer.kid(),
                request.terms(),
                request.period(),
                Status.REQUESTED);
        state.put(Grant.key(grant.id()), grant.write());
        return event("access.requested", grant);
    }

    Event approve(Handle id, TermsCommitment terms) {
        Grant grant = decidable(id);
        Rejection.TERMS_MISMATCH.unless(terms.equals(grant.terms()));
        return move(grant, Status.APPROVED, "access.approved");
    }

    Event deny(Handle id) {
        return move(decidable(id), Status.DENIED, "access.denied");
    }

    Event revoke(Handle id) {
        Grant grant = grant(id);
        requireActingFor(grant);
        requireOpen(grant);
        return move(grant, Status.REVOKED, "access.revoked");
    }

    Event withdraw(Handle id) {
        Grant grant = grant(id);
        Rejection.NOT_AUTHORIZED.unless(certificate().organization().equals(grant.requester()));
        requireOpen(grant);
        return move(grant, Status.WITHDRAWN, "access.withdrawn");
    }

    Event expire(Handle id) {
        Grant grant = grant(id);
        requireRequestedOrApproved(grant);
        Rejection.NOT_YET_OVER.unless(grant.period().hasEnded(call.time()));
        return move(grant, Status.EXPIRED, "access.expired");
    }

    /** The grant, if the signer may approve or deny it now. */
    private Grant decidable(Handle id) {
        Grant grant = grant(id);
        requireActingFor(grant);
        Rejection.WRONG_STATUS.unless(grant.status() == Status.REQUESTED);
        requireOpen(grant);
        return grant;
    }

    private Grant grant(Handle id) {
        return new Access(state).grant(id).orElseThrow(Rejection.UNKNOWN_GRANT);
    }

    private Certificate certificate() {
        return new Access(state).signingCertificate(call.signer(), call.time()).orElseThrow(Rejection.NOT_AUTHORIZED);
    }

    private void requireActingFor(Grant grant) {
        Rejection.NOT_AUTHORIZED.unless(new Access(state)
                .actingFor(grant.patient(), call.signer(), call.time())
                .isPresent());
    }

    private void requireOpen(Grant grant) {
        requireRequestedOrApproved(grant);
        Rejection.GRANT_EXPIRED.when(grant.period().hasEnded(call.time()));
    }

    private static void requireRequestedOrApproved(Grant grant) {
        Rejection.WRONG_STATUS.unless(grant.status() == Status.REQUESTED || grant.status() == Status.APPROVED);
    }

    private Event move(Grant grant, Status status, String event) {
        state.put(Grant.key(grant.id()), grant.with(status).write());
        return event(event, grant);
    }

    private static Event event(String type, Grant grant) {
        return AccessEvent.of(type, grant.patient(), grant.custodian())
                .with("grant", grant.id().value())
                .with("requester", grant.requester())
                .with("terms", grant.terms().digest())
                .with("from", grant.period().from().getEpochSecond())
                .with("until", grant.period().until().getEpochSecond())
                .event();
    }
}
