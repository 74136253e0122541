package health.salus.node.staff;

import health.salus.node.pages.PageController;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Stored records that are not as they were sealed, or that nobody sealed. */
@PageController
class CustodianFindingsPage {
    private static final int MOST_SHOWN = 200;

    private final CustodianDesk desk;

    CustodianFindingsPage(CustodianDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/{organization}/staff/findings")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        desk.open(session, CustodianPart.FINDINGS);
        model.addAttribute("findings", desk.findings(session, MOST_SHOWN));
        model.addAttribute("most", MOST_SHOWN);
        return "staff/findings";
    }
}
