package health.salus.node.staff;

import health.salus.contracts.access.StaffPasskey;
import health.salus.foundation.Sha256;
import health.salus.node.pages.PageController;
import health.salus.node.staff.StaffSession.SigningPasskey;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The passkeys that are bound to one's certificate: unbind what was lost. */
@PageController
class StaffPasskeysPage {
    private final Staff staff;

    StaffPasskeysPage(Staff staff) {
        this.staff = staff;
    }

    /** @param current whether it signed in to this session */
    record Shown(String kid, String origin, boolean current) {
        static Shown of(StaffPasskey passkey, Optional<Sha256> current) {
            return new Shown(
                    passkey.kid().base64Url(),
                    passkey.passkey().origin(),
                    current.filter(passkey.kid()::equals).isPresent());
        }
    }

    @GetMapping("/{organization}/staff/passkeys")
    String page(@AuthenticationPrincipal StaffSession session, Model model) {
        Optional<Sha256> current = session.passkey().map(SigningPasskey::kid);
        List<Shown> passkeys = staff.access().staffPasskeys(session.certificate()).stream()
                .map(passkey -> Shown.of(passkey, current))
                .toList();
        model.addAttribute("passkeys", passkeys);
        model.addAttribute("certificate", session.certificate().base64Url());
        return "staff/passkeys";
    }
}
