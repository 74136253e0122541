package health.salus.node.portal;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.PersonKey;
import health.salus.node.pages.PageController;
import java.time.Instant;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The patient's own keys: add one for each device, revoke what was lost. */
@PageController
class PasskeysPage {
    private final Portals portals;

    PasskeysPage(Portals portals) {
        this.portals = portals;
    }

    /**
     * A key.
     *
     * @param passkey whether a browser can use it, rather than a program
     * @param current whether it signed in to this session
     */
    record Shown(String kid, boolean passkey, boolean current, Instant since) {
        static Shown of(PersonKey key, PatientSession session) {
            return new Shown(
                    key.kid().base64Url(),
                    key.passkey().isPresent(),
                    key.kid().equals(session.kid()),
                    key.period().from());
        }
    }

    @GetMapping("/{organization}/portal/passkeys")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        Access access = portals.access();
        List<Shown> keys = access.patient(session.patient()).stream()
                .flatMap(patient -> patient.keys().stream())
                .flatMap(kid -> access.key(kid).stream())
                .map(key -> Shown.of(key, session))
                .toList();
        model.addAttribute("keys", keys);
        return "portal/passkeys";
    }
}
