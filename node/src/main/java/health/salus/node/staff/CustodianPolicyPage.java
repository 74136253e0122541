package health.salus.node.staff;

import health.salus.contracts.access.AccessContract;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.rule.Codes;
import health.salus.node.pages.PageController;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The rules by which every node decides about access to the custodian's records. */
@PageController
class CustodianPolicyPage {
    private final CustodianDesk desk;
    private final Staff staff;

    CustodianPolicyPage(CustodianDesk desk, Staff staff) {
        this.desk = desk;
        this.staff = staff;
    }

    @GetMapping("/{organization}/staff/policy")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        desk.open(session, CustodianPart.POLICY);
        Map<String, List<String>> own = new LinkedHashMap<>();
        for (PurposeOfUse purpose : PurposeOfUse.values()) {
            own.put(
                    purpose.name(),
                    purpose.staff().stream().map(Codes::code).sorted().toList());
        }
        model.addAttribute("purposes", own);
        model.addAttribute("version", staff.accessVersion());
        model.addAttribute(
                "terms",
                Arrays.asList(
                        AccessContract.LONGEST_EMERGENCY.toHours(),
                        AccessContract.JUSTIFICATION_DUE.toDays(),
                        AccessContract.COURT_NOTICE.toDays(),
                        AccessContract.VETO_TIME.toDays()));
        return "staff/policy";
    }
}
