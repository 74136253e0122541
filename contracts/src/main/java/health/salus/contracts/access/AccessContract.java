package health.salus.contracts.access;

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
import health.salus.contracts.rule.TypedContract;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Duration;
import java.util.List;

/**
 * Access to records: who acts for a patient, what the patient allowed, and what was opened in an emergency. Each step is
 * signed by the one who takes it; nobody acts for a patient but the patient, whom the patient appointed, and, after
 * notice, whom a court appointed.
 */
public final class AccessContract extends TypedContract<AccessAction> {
    /** Its name. */
    public static final String NAME = "access";

    /** Longest emergency access. */
    public static final Duration LONGEST_EMERGENCY = Duration.ofHours(24);

    /** Time to justify an emergency access, from the block that opened it. */
    public static final Duration JUSTIFICATION_DUE = Duration.ofDays(3);

    /** How long before it begins a substitute by court must be entered, so that the patient can object. */
    public static final Duration COURT_NOTICE = Duration.ofDays(3);

    public AccessContract() {
        super(NAME, 1, AccessSchema.ACTIONS);
    }

    @Override
    protected List<Event> apply(AccessAction action, Call call, WorldState state) {
        Persons persons = new Persons(state, call);
        Grants grants = new Grants(state, call);
        Emergencies emergencies = new Emergencies(state, call);
        return List.of(
                switch (action) {
                    case RegisterPatient(Handle patient, P256PublicKey key) -> persons.register(patient, key);
                    case AddKey(P256PublicKey key) -> persons.addKey(key);
                    case RevokeKey(Sha256 kid) -> persons.revokeKey(kid);
                    case Appoint appoint -> persons.appoint(appoint);
                    case AppointByCourt appoint -> persons.appointByCourt(appoint);
                    case Dismiss(Sha256 kid) -> persons.dismiss(kid);
                    case Request request -> grants.request(request);
                    case Approve(Handle grant, TermsCommitment terms) -> grants.approve(grant, terms);
                    case Deny(Handle grant) -> grants.deny(grant);
                    case Revoke(Handle grant) -> grants.revoke(grant);
                    case Withdraw(Handle grant) -> grants.withdraw(grant);
                    case Expire(Handle grant) -> grants.expire(grant);
                    case BreakGlass breakGlass -> emergencies.open(breakGlass);
                    case Justify(Handle emergency, JustificationCommitment justification) ->
                        emergencies.justify(emergency, justification);
                    case Review(Handle emergency, Finding finding) -> emergencies.review(emergency, finding);
                });
    }
}
