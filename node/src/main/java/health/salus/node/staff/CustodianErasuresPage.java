package health.salus.node.staff;

import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import health.salus.node.access.ErasureRequests.Decision;
import health.salus.node.access.ErasureRequests.Ground;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What patients want erased, for a decision. Erasing what was granted is another step, at the door for it. */
@PageController
class CustodianErasuresPage {
    private static final String GRANTED = "granted";

    private final CustodianDesk desk;

    CustodianErasuresPage(CustodianDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/{organization}/staff/erasures")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        model.addAttribute(
                "erasures",
                desk.open(session, CustodianPart.ERASURES).erasureRequests().open());
        model.addAttribute(
                "grounds", Stream.of(Ground.values()).map(Codes::code).toList());
        return "staff/erasures";
    }

    /**
     * Decides a request.
     *
     * @param id of the request
     * @param decision {@code granted}, or the code of the ground that it is refused on
     */
    @PostMapping("/{organization}/staff/erasures")
    String decide(
            @RequestParam String id, @RequestParam String decision, @AuthenticationPrincipal StaffSession session) {
        var requests = desk.open(session, CustodianPart.ERASURES).erasureRequests();
        if (!Handle.isHandle(id)) {
            throw Problem.of(400, "invalid-argument", "id: not a handle");
        }
        requests.decide(new Handle(id), decision(decision));
        return "redirect:/" + session.organization() + "/staff/erasures";
    }

    private static Decision decision(String code) {
        return code.equals(GRANTED)
                ? new Decision.Granted()
                : Stream.of(Ground.values())
                        .filter(ground -> Codes.code(ground).equals(code))
                        .findFirst()
                        .<Decision>map(Decision.Refused::new)
                        .orElseThrow(() -> Problem.of(400, "invalid-argument", "decision: no such ground"));
    }
}
