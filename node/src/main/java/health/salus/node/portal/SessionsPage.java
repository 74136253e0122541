package health.salus.node.portal;

import health.salus.node.pages.OpenSessions;
import health.salus.node.pages.PageController;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a patient, and whoever acts for them, is signed in; each can be ended. */
@PageController
class SessionsPage {
    private final OpenSessions sessions;

    SessionsPage(OpenSessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping("/{organization}/portal/sessions")
    String page(@AuthenticationPrincipal PatientSession session, HttpServletRequest request, Model model) {
        sessions.show(session, request, model);
        return "portal/sessions";
    }

    /** @param id of one session; none for all but this one */
    @PostMapping("/{organization}/portal/sessions/end")
    String end(
            @RequestParam Optional<String> id,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            RedirectAttributes shown) {
        shown.addFlashAttribute("ended", sessions.endOwn(session, request, id));
        return "redirect:/" + session.organization() + "/portal/sessions";
    }
}
