package health.salus.node.guardian;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.ledger.Submission;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Drafts;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** Drafts transactions that a guardian may sign, and takes them in again signed; see {@link Drafts}. */
@PageController
class GuardianDoor {
    /**
     * What is to be drafted.
     *
     * @param action {@code propose-rotation} of the key that was made with this guardian's code; {@code support-rotation}
     *     or {@code complete-rotation} of the key that is proposed
     * @param subject id of that key
     */
    record Wish(String action, String subject) {}

    private final Wards wards;
    private final Drafts drafts;
    private final InstantSource clock;

    GuardianDoor(Wards wards, Drafts drafts, InstantSource clock) {
        this.wards = wards;
        this.drafts = drafts;
        this.clock = clock;
    }

    @PostMapping("/{organization}/guardian/transactions/drafts")
    @ResponseBody
    Map<String, String> draft(@RequestBody Wish wish, @AuthenticationPrincipal GuardianSession session) {
        Recovery recovery = wards.of(session);
        AccessAction action = switch (wish.action) {
            case "propose-rotation" ->
                new AccessAction.ProposeRotation(recovery.patient(), made(session, wish.subject));
            case "support-rotation" ->
                new AccessAction.SupportRotation(recovery.patient(), proposed(recovery, wish.subject));
            case "complete-rotation" ->
                new AccessAction.CompleteRotation(recovery.patient(), proposed(recovery, wish.subject));
            default -> throw Problem.of(400, "invalid-argument", "no such draft");
        };
        return drafts.draft(session.kid(), session.credential(), action);
    }

    @PostMapping("/{organization}/guardian/transactions")
    @ResponseBody
    Map<String, String> submit(HttpServletRequest request, @AuthenticationPrincipal GuardianSession session)
            throws IOException {
        Submission.Committed committed = drafts.submit(request, session.kid());
        wards.custodian(session.organization()).follower().awaitHeight(committed.height());
        return Drafts.outcome(committed);
    }

    private NewKey made(GuardianSession session, String kid) {
        return wards.made(session)
                .filter(made -> made.key().thumbprint().base64Url().equals(kid))
                .orElseThrow(GuardianDoor::nothing);
    }

    private Sha256 proposed(Recovery recovery, String kid) {
        return recovery.openRotation(clock.instant())
                .map(rotation -> rotation.key().key().thumbprint())
                .filter(proposed -> proposed.base64Url().equals(kid))
                .orElseThrow(GuardianDoor::nothing);
    }

    private static Problem nothing() {
        return Problem.of(404, "no-proposal", "there is no such proposal, or not any more");
    }
}
