package health.salus.node.guardian;

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

/** Where a guardian is signed in; each can be ended. */
@PageController
class GuardianSessionsPage {
    private final OpenSessions sessions;

    GuardianSessionsPage(OpenSessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping("/{organization}/guardian/sessions")
    String page(@AuthenticationPrincipal GuardianSession session, HttpServletRequest request, Model model) {
        sessions.show(session, request, model);
        return "guardian/sessions";
    }

    /** @param id of one session; none for all but this one */
    @PostMapping("/{organization}/guardian/sessions/end")
    String end(
            @RequestParam Optional<String> id,
            @AuthenticationPrincipal GuardianSession session,
            HttpServletRequest request,
            RedirectAttributes shown) {
        shown.addFlashAttribute("ended", sessions.endOwn(session, request, id));
        return "redirect:/" + session.organization() + "/guardian/sessions";
    }
}
