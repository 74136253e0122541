package health.salus.node.staff;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.node.access.Custodian;
import health.salus.node.access.Notifications.Notification;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.OpenedRecord;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Emergency accesses to records of the custodian's patients, which its auditors review. */
@PageController
class CustodianEmergenciesPage {
    private static final int MOST_PER_PAGE = 50;

    private final CustodianDesk desk;
    private final Staff staff;

    CustodianEmergenciesPage(CustodianDesk desk, Staff staff) {
        this.desk = desk;
        this.staff = staff;
    }

    /**
     * An emergency access.
     *
     * @param acceptable whether who looks may accept it
     * @param objectionable whether they may object to it
     */
    record Shown(OpenedRecord opened, boolean acceptable, boolean objectionable) {}

    @GetMapping("/{organization}/staff/emergencies")
    String page(
            @RequestParam(defaultValue = "") String before,
            @AuthenticationPrincipal StaffSession session,
            Model model) {
        Custodian custodian = desk.open(session, CustodianPart.EMERGENCIES);
        List<Notification> opened = desk.happened(custodian, "access.emergency-opened", before, MOST_PER_PAGE);
        Access access = desk.access();
        Certificate holder = staff.certificate(session);
        model.addAttribute(
                "emergencies",
                opened.stream()
                        .flatMap(one -> one.handle("emergency").stream())
                        .flatMap(id -> access.emergency(id).stream())
                        .map(emergency -> shown(custodian, emergency, holder))
                        .toList());
        model.addAttribute(
                "next", opened.size() < MOST_PER_PAGE ? "" : opened.getLast().cursor());
        return "staff/emergencies";
    }

    private Shown shown(Custodian custodian, Emergency emergency, Certificate holder) {
        boolean open = emergency.finding().isEmpty()
                && holder.hasAny(Attribute.AUDITOR)
                && !emergency.signer().equals(holder.kid());
        return new Shown(
                OpenedRecord.of(emergency, custodian.justifications().of(emergency.id()), staff.now()),
                open && emergency.justification().isPresent(),
                open);
    }
}
