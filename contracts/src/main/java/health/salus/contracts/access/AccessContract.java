package health.salus.contracts.access;

import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.AppointByCourt;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.CompleteRotation;
import health.salus.contracts.access.AccessAction.Deny;
import health.salus.contracts.access.AccessAction.Dismiss;
import health.salus.contracts.access.AccessAction.Expire;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.AccessAction.NameGuardians;
import health.salus.contracts.access.AccessAction.ProposeRotation;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Review;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.RevokeKey;
import health.salus.contracts.access.AccessAction.SupportRotation;
import health.salus.contracts.access.AccessAction.UnbindPasskey;
import health.salus.contracts.access.AccessAction.VetoRotation;
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

    /** How long guardians must have supported a new key before it replaces the old ones, so that the patient can object. */
    public static final Duration VETO_TIME = Duration.ofDays(7);

    /** How long after it was made a proposal to replace keys is open. */
    public static final Duration ROTATION_OPEN = Duration.ofDays(30);

    /** The rules without passkeys and guardians. */
    public static final AccessContract FIRST = new AccessContract(1);

    /** With both, but without passkeys of staff. */
    public static final AccessContract SECOND = new AccessContract(2);

    /** The rules of today. */
    public static final AccessContract THIRD = new AccessContract(3);

    private AccessContract(int version) {
        super(NAME, version, AccessSchema.of(version));
    }

    @Override
    public boolean takesPasskeys() {
        return version() > 1;
    }

    @Override
    protected List<Event> apply(AccessAction action, Call call, WorldState state) {
        new Passkeys(state, call).check();
        Persons persons = new Persons(state, call);
        Grants grants = new Grants(state, call);
        Recoveries recoveries = new Recoveries(state, call, persons);
        Staff staff = new Staff(state, call);
        Emergencies emergencies = new Emergencies(state, call);
        return List.of(
                switch (action) {
                    case RegisterPatient(Handle patient, NewKey key) -> persons.register(patient, key);
                    case AddKey(NewKey key) -> persons.addKey(key);
                    case RevokeKey(Sha256 kid) -> persons.revokeKey(kid);
                    case Appoint appoint -> persons.appoint(appoint);
                    case AppointByCourt appoint -> persons.appointByCourt(appoint);
                    case Dismiss(Sha256 kid) -> persons.dismiss(kid);
                    case NameGuardians named -> recoveries.nameGuardians(named);
                    case ProposeRotation(Handle patient, NewKey key) -> recoveries.propose(patient, key);
                    case SupportRotation(Handle patient, Sha256 kid) -> recoveries.support(patient, kid);
                    case VetoRotation(Handle patient, Sha256 kid) -> recoveries.veto(patient, kid);
                    case CompleteRotation(Handle patient, Sha256 kid) -> recoveries.complete(patient, kid);
                    case BindPasskey(P256PublicKey key, String origin) -> staff.bind(key, origin);
                    case UnbindPasskey(Sha256 kid) -> staff.unbind(kid);
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
