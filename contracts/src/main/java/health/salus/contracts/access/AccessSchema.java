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
import health.salus.contracts.rule.Actions;

/** The actions of the contract {@code access} by name; the names stay. */
final class AccessSchema {
    static final Actions<AccessAction> ACTIONS = Actions.<AccessAction>none()
            .with("add-key", AddKey.class, AddKey::read)
            .with("appoint", Appoint.class, Appoint::read)
            .with("appoint-by-court", AppointByCourt.class, AppointByCourt::read)
            .with("approve", Approve.class, Approve::read)
            .with("break-glass", BreakGlass.class, BreakGlass::read)
            .with("deny", Deny.class, Deny::read)
            .with("dismiss", Dismiss.class, Dismiss::read)
            .with("expire", Expire.class, Expire::read)
            .with("justify", Justify.class, Justify::read)
            .with("register-patient", RegisterPatient.class, RegisterPatient::read)
            .with("request", Request.class, Request::read)
            .with("review", Review.class, Review::read)
            .with("revoke", Revoke.class, Revoke::read)
            .with("revoke-key", RevokeKey.class, RevokeKey::read)
            .with("withdraw", Withdraw.class, Withdraw::read);

    private AccessSchema() {}
}
