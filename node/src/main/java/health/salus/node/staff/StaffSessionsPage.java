package health.salus.node.staff;

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

/** Where the holder of a certificate is signed in; each can be ended. */
@PageController
class StaffSessionsPage {
    private final OpenSessions sessions;

    StaffSessionsPage(OpenSessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping("/{organization}/staff/sessions")
    String page(@AuthenticationPrincipal StaffSession session, HttpServletRequest request, Model model) {
        sessions.show(session, request, model);
        return "staff/sessions";
    }

    /** @param id of one session; none for all but this one */
    @PostMapping("/{organization}/staff/sessions/end")
    String end(
            @RequestParam Optional<String> id,
            @AuthenticationPrincipal StaffSession session,
            HttpServletRequest request,
            RedirectAttributes shown) {
        shown.addFlashAttribute("ended", sessions.endOwn(session, request, id));
        return "redirect:/" + session.organization() + "/staff/sessions";
    }
}
