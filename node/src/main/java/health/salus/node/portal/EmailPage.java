package health.salus.node.portal;

import health.salus.node.access.Custodian;
import health.salus.node.notice.MailDelivery;
import health.salus.node.notice.Mails;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Attempts;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where a patient says by which address they want to be told that something happened; nowhere where no mail is sent. */
@PageController
class EmailPage {
    /** What the browser has of the address in a mail. */
    record Arrival(String code) {}

    private final Portals portals;
    private final Attempts attempts;
    private final Optional<MailDelivery> delivery;

    EmailPage(Portals portals, Attempts attempts, Optional<MailDelivery> delivery) {
        this.portals = portals;
        this.attempts = attempts;
        this.delivery = delivery;
    }

    @GetMapping("/{organization}/portal/email")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        Mails mails = mails(session.organization());
        model.addAttribute("confirmed", mails.confirmed(session.patient()));
        model.addAttribute("pending", mails.pending(session.patient()));
        return "portal/email";
    }

    /** Enters an address, or another one; mails are in the language of the page. */
    @PostMapping("/{organization}/portal/email")
    String enter(@RequestParam String address, @AuthenticationPrincipal PatientSession session, Locale language) {
        mails(session.organization()).enter(session.patient(), address.strip(), language);
        return toPage(session);
    }

    @PostMapping("/{organization}/portal/email/removal")
    String remove(@AuthenticationPrincipal PatientSession session) {
        mails(session.organization()).remove(session.patient());
        return toPage(session);
    }

    /** Where the link in a mail leads; who opens it need not have signed in. */
    @GetMapping("/{organization}/portal/email/confirmation")
    String confirmation(@PathVariable String organization) {
        mails(organization);
        return "portal/email-confirmation";
    }

    @PostMapping("/{organization}/portal/email/confirmation")
    @ResponseBody
    Map<String, String> confirm(
            @PathVariable String organization, @RequestBody Arrival arrival, HttpServletRequest request) {
        attempts.requirePermitted(request);
        if (!mails(organization).confirm(arrival.code)) {
            throw Problem.of(404, "no-invitation", "there is no such code, or not any more");
        }
        return Map.of();
    }

    private Mails mails(String organization) {
        Custodian custodian = portals.custodian(organization);
        if (delivery.isEmpty()) {
            throw Problem.of(404, "not-found", "this node sends no mail");
        }
        return custodian.mails();
    }

    private static String toPage(PatientSession session) {
        return "redirect:/" + session.organization() + "/portal/email";
    }
}
