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
import health.salus.contracts.access.AccessAction.Introducing;
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
import health.salus.contracts.rule.Actions;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;
import java.util.List;
import java.util.function.Function;

/** The actions of the contract {@code access} by name, in all its versions; names stay. */
final class AccessSchema {
    private static final Actions<AccessAction> FIRST = Actions.<AccessAction>none()
            .with("add-key", AddKey.class, plain(AddKey::read))
            .with("appoint", Appoint.class, plain(Appoint::read))
            .with("appoint-by-court", AppointByCourt.class, plain(AppointByCourt::read))
            .with("approve", Approve.class, Approve::read)
            .with("break-glass", BreakGlass.class, BreakGlass::read)
            .with("deny", Deny.class, Deny::read)
            .with("dismiss", Dismiss.class, Dismiss::read)
            .with("expire", Expire.class, Expire::read)
            .with("justify", Justify.class, Justify::read)
            .with("register-patient", RegisterPatient.class, plain(RegisterPatient::read))
            .with("request", Request.class, Request::read)
            .with("review", Review.class, Review::read)
            .with("revoke", Revoke.class, Revoke::read)
            .with("revoke-key", RevokeKey.class, RevokeKey::read)
            .with("withdraw", Withdraw.class, Withdraw::read);

    /** With passkeys, and with guardians who can replace a lost key. */
    private static final Actions<AccessAction> SECOND = FIRST.with("add-key", AddKey.class, AddKey::read)
            .with("appoint", Appoint.class, Appoint::read)
            .with("appoint-by-court", AppointByCourt.class, AppointByCourt::read)
            .with("complete-rotation", CompleteRotation.class, CompleteRotation::read)
            .with("name-guardians", NameGuardians.class, NameGuardians::read)
            .with("propose-rotation", ProposeRotation.class, ProposeRotation::read)
            .with("register-patient", RegisterPatient.class, RegisterPatient::read)
            .with("support-rotation", SupportRotation.class, SupportRotation::read)
            .with("veto-rotation", VetoRotation.class, VetoRotation::read);

    /** With passkeys of staff. */
    private static final Actions<AccessAction> THIRD = SECOND.with("bind-passkey", BindPasskey.class, BindPasskey::read)
            .with("unbind-passkey", UnbindPasskey.class, UnbindPasskey::read);

    private static final List<Actions<AccessAction>> VERSIONS = List.of(FIRST, SECOND, THIRD);

    /** Every action that there is. */
    static final Actions<AccessAction> LATEST = VERSIONS.getLast();

    private AccessSchema() {}

    static Actions<AccessAction> of(int version) {
        return VERSIONS.get(version - 1);
    }

    /** Reads as before there were passkeys: {@code origin} is an unknown argument. */
    private static <T extends Introducing> Function<Arguments, T> plain(Function<Arguments, T> reader) {
        return arguments -> {
            T action = reader.apply(arguments);
            if (action.key().origin().isPresent()) {
                throw new InvalidArgumentException("unknown argument origin");
            }
            return action;
        };
    }
}
