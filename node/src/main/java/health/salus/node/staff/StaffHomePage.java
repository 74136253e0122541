package health.salus.node.staff;

import health.salus.contracts.network.Certificate;
import health.salus.contracts.rule.Codes;
import health.salus.node.pages.PageController;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What staff see first: what they have to justify yet, and as whom the network knows them. */
@PageController
class StaffHomePage {

    private final Staff staff;

    StaffHomePage(Staff staff) {
        this.staff = staff;
    }

    @GetMapping("/{organization}/staff/home")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        Certificate certificate = staff.certificate(session);
        model.addAttribute("certificate", certificate.kid().base64Url());
        model.addAttribute("due", staff.access().toJustify(certificate.kid()).size());
        model.addAttribute("until", certificate.validity().until());
        model.addAttribute(
                "attributes",
                certificate.attributes().stream().map(Codes::code).sorted().toList());
        return "staff/home";
    }
}
