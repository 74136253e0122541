package health.salus.node.staff;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Grant;
import health.salus.node.access.Custodian;
import health.salus.node.access.DepositedTerms;
import health.salus.node.access.Notifications.Notification;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Asked;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What others asked of the custodian's patients, and what became of it. */
@PageController
class CustodianRequestsPage {
    private static final int MOST_PER_PAGE = 50;

    private final CustodianDesk desk;
    private final Staff staff;

    CustodianRequestsPage(CustodianDesk desk, Staff staff) {
        this.desk = desk;
        this.staff = staff;
    }

    /**
     * A request.
     *
     * @param patient handle
     * @param asked what for; empty where the terms were never deposited, so that the patient can't decide
     */
    record Shown(String patient, Grant grant, Optional<Asked> asked) {}

    @GetMapping("/{organization}/staff/requests")
    String page(
            @RequestParam(defaultValue = "") String before,
            @AuthenticationPrincipal StaffSession session,
            Model model) {
        Custodian custodian = desk.open(session, CustodianPart.REQUESTS);
        List<Notification> asked = desk.happened(custodian, "access.requested", before, MOST_PER_PAGE);
        Access access = desk.access();
        model.addAttribute(
                "requests",
                asked.stream()
                        .flatMap(one -> one.handle("grant").stream())
                        .flatMap(id -> access.grant(id).stream())
                        .map(grant -> shown(custodian, grant))
                        .toList());
        model.addAttribute(
                "next", asked.size() < MOST_PER_PAGE ? "" : asked.getLast().cursor());
        return "staff/requests";
    }

    private Shown shown(Custodian custodian, Grant grant) {
        return new Shown(
                grant.patient().value(),
                grant,
                custodian
                        .terms()
                        .of(grant.id())
                        .map(DepositedTerms.Deposit::terms)
                        .map(terms -> Asked.of(grant, terms, staff.now())));
    }
}
