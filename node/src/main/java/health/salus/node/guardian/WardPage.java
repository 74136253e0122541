package health.salus.node.guardian;

import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.node.access.PortalOrigin;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.KeyNumber;
import java.time.InstantSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a guardian sees: whether a new key is proposed, and how to begin with one. Nothing says who the patient is. */
@PageController
class WardPage {
    /** A passkey that a patient made with a code. */
    record Made(String kid, String number) {
        static Made of(NewKey key) {
            Sha256 kid = key.key().thumbprint();
            return new Made(kid.base64Url(), KeyNumber.of(kid));
        }
    }

    private final Wards wards;
    private final PortalOrigin origin;
    private final InstantSource clock;

    WardPage(Wards wards, PortalOrigin origin, InstantSource clock) {
        this.wards = wards;
        this.origin = origin;
        this.clock = clock;
    }

    @GetMapping("/{organization}/guardian/home")
    String page(@AuthenticationPrincipal GuardianSession session, Model model) {
        Recovery recovery = wards.of(session);
        model.addAttribute("guardians", recovery.guardians().size());
        model.addAttribute("threshold", recovery.threshold());
        model.addAttribute("number", KeyNumber.of(session.kid()));
        model.addAttribute("proposal", ProposedKey.of(recovery, clock.instant()));
        model.addAttribute(
                "supported",
                recovery.openRotation(clock.instant())
                        .filter(rotation -> rotation.by().contains(session.kid()))
                        .isPresent());
        model.addAttribute("made", wards.made(session).map(Made::of));
        return "guardian/home";
    }

    /** Makes a link for the patient, and shows it once. */
    @PostMapping("/{organization}/guardian/offers")
    String offer(@AuthenticationPrincipal GuardianSession session, RedirectAttributes shown) {
        String code = wards.custodian(session.organization())
                .replacements()
                .offer(session.kid(), wards.of(session).patient());
        shown.addFlashAttribute("link", origin.value() + "/" + session.organization() + "/guardian/new-key#" + code);
        return "redirect:/" + session.organization() + "/guardian/home";
    }
}
