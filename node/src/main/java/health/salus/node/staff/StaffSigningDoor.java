package health.salus.node.staff;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.access.Finding;
import health.salus.contracts.access.StaffPasskey;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Drafts;
import health.salus.node.staff.StaffSession.SigningPasskey;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** Drafts transactions that staff may sign, and takes them in again signed; see {@link Drafts}. */
@PageController
class StaffSigningDoor {
    /**
     * What is to be drafted.
     *
     * @param action {@code review} with {@code subject} the handle of an emergency access and {@code choice} the finding;
     *     {@code unbind-passkey} with {@code subject} the id of a passkey
     * @param choice empty where there is none
     */
    record Wish(String action, String subject, String choice) {}

    private final Staff staff;
    private final Drafts drafts;

    StaffSigningDoor(Staff staff, Drafts drafts) {
        this.staff = staff;
        this.drafts = drafts;
    }

    @PostMapping("/{organization}/staff/transactions/drafts")
    @ResponseBody
    Map<String, String> draft(@RequestBody Wish wish, @AuthenticationPrincipal StaffSession session) {
        AccessAction action = switch (wish.action) {
            case "review" -> new AccessAction.Review(emergency(session, wish.subject), finding(wish.choice));
            case "unbind-passkey" -> new AccessAction.UnbindPasskey(ownPasskey(session, wish.subject));
            default -> throw Problem.of(400, "invalid-argument", "no such draft");
        };
        SigningPasskey passkey = Exchange.passkey(session);
        return drafts.draft(passkey.kid(), passkey.credential(), action);
    }

    /** Takes a transaction that the passkey of this session signed, and tells what became of it. */
    @PostMapping("/{organization}/staff/transactions")
    @ResponseBody
    Map<String, String> submit(HttpServletRequest request, @AuthenticationPrincipal StaffSession session)
            throws IOException {
        return Drafts.outcome(drafts.submit(request, Exchange.passkey(session).kid()));
    }

    private Sha256 ownPasskey(StaffSession session, String subject) {
        return staff.access().staffPasskeys(session.certificate()).stream()
                .map(StaffPasskey::kid)
                .filter(kid -> kid.base64Url().equals(subject))
                .findFirst()
                .orElseThrow(Exchange::nothing);
    }

    private Handle emergency(StaffSession session, String subject) {
        return Optional.of(subject).filter(Handle::isHandle).map(Handle::new).stream()
                .flatMap(id -> staff.access().emergency(id).stream())
                .filter(emergency -> emergency.custodian().equals(session.organization()))
                .map(Emergency::id)
                .findFirst()
                .orElseThrow(Exchange::nothing);
    }

    private static Finding finding(String code) {
        return Stream.of(Finding.values())
                .filter(finding -> Codes.code(finding).equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, "invalid-argument", "choice: no such finding"));
    }
}
