package health.salus.node.staff;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.network.Attribute;
import health.salus.identity.Handle;
import health.salus.node.passkey.Drafts;
import health.salus.node.requester.OwnRequests.OwnRequest;
import health.salus.node.requester.RecordLocator;
import health.salus.node.requester.Requester;
import health.salus.node.requester.Requesters;
import health.salus.node.staff.Ground.InEmergency;
import health.salus.node.staff.Ground.UnderGrant;
import health.salus.node.staff.StaffSession.SigningPasskey;
import health.salus.node.web.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the pages about other organizations' records build on: the ledger, what was asked, and who keeps records. Thread-safe. */
@Component
final class Exchange {
    private final Staff staff;
    private final Requesters requesters;
    private final RecordLocator locator;
    private final Drafts drafts;

    Exchange(Staff staff, Requesters requesters, RecordLocator locator, Drafts drafts) {
        this.staff = staff;
        this.requesters = requesters;
        this.locator = locator;
        this.drafts = drafts;
    }

    Access access() {
        return staff.access();
    }

    Instant now() {
        return staff.now();
    }

    Requester requester(StaffSession session) {
        return requesters.of(session.organization());
    }

    /** The requester to keep a new draft, without those that nobody signed. */
    Requester drafting(StaffSession session) {
        Requester requester = requester(session);
        requester.forgetUnsigned(access(), now());
        return requester;
    }

    Optional<RecordLocator.Located> custodian(Handle patient) {
        return locator.locate(patient);
    }

    /** Whether the session's holder may open records in an emergency. */
    boolean mayOpen(StaffSession session) {
        return staff.certificate(session).hasAny(Attribute.CLINICIAN, Attribute.EMERGENCY);
    }

    /** Why the session's holder may read: a grant of the organization, or an emergency access of their own. */
    Optional<Ground> ground(StaffSession session, String id) {
        if (!Handle.isHandle(id)) {
            return Optional.empty();
        }
        Handle handle = new Handle(id);
        Optional<Ground> grant = access().grant(handle)
                .filter(found -> found.requester().equals(session.organization()))
                .flatMap(found -> requester(session)
                        .requests()
                        .find(handle)
                        .map(OwnRequest::terms)
                        .map(terms -> new UnderGrant(found, terms)));
        return grant.or(() -> access().emergency(handle)
                .filter(found -> found.signer().equals(session.certificate()))
                .map(InEmergency::new));
    }

    /** A draft for the passkey of the session's holder. @throws Problem where there is none */
    Map<String, String> draft(StaffSession session, AccessAction action) {
        SigningPasskey passkey = passkey(session);
        return drafts.draft(passkey.kid(), passkey.credential(), action);
    }

    /** The passkey of the session's holder. @throws Problem where they signed in without one */
    static SigningPasskey passkey(StaffSession session) {
        return session.passkey()
                .orElseThrow(
                        () -> Problem.of(403, "forbidden", "signed in without a passkey, so nothing can be signed"));
    }

    static Problem nothing() {
        return Problem.of(404, "not-found", "there is no such thing of yours");
    }
}
