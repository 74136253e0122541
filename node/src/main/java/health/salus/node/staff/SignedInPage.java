package health.salus.node.staff;

import health.salus.identity.Role;
import health.salus.node.pages.OpenSession;
import health.salus.node.pages.OpenSessions;
import health.salus.node.pages.PageController;
import health.salus.node.pages.PageSession;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is signed in to pages of the organization, for its admins, who can end sessions of anybody. */
@PageController
class SignedInPage {
    private static final int MOST = 100;

    private final Staff staff;
    private final OpenSessions sessions;

    SignedInPage(Staff staff, OpenSessions sessions) {
        this.staff = staff;
        this.sessions = sessions;
    }

    /**
     * Shows everybody's, or those of a {@code holder} who is looked for: by POST, since the address is not to say whom.
     *
     * @param holder see {@link PageSession#holder}; empty for everybody
     */
    @RequestMapping(
            path = "/{organization}/staff/signed-in",
            method = {RequestMethod.GET, RequestMethod.POST})
    String page(
            @RequestParam(defaultValue = "") String holder,
            @AuthenticationPrincipal StaffSession session,
            HttpServletRequest request,
            Model model) {
        List<OpenSession> found = all(session, request).stream()
                .filter(one -> holder.isBlank() || one.of().holder().equals(holder.strip()))
                .toList();
        sessions.show(session, request, model);
        model.addAttribute("found", found.stream().limit(MOST).toList());
        model.addAttribute("count", found.size());
        model.addAttribute("holder", holder.strip());
        return "staff/signed-in";
    }

    /** Ends one session by its {@code id}, or all of a {@code holder}. */
    @PostMapping("/{organization}/staff/signed-in/end")
    String end(
            @RequestParam Optional<String> id,
            @RequestParam Optional<String> holder,
            @AuthenticationPrincipal StaffSession session,
            HttpServletRequest request,
            RedirectAttributes shown) {
        return end(
                one -> id.filter(one.id()::equals).isPresent()
                        || holder.filter(one.of().holder()::equals).isPresent(),
                session,
                request,
                shown);
    }

    /** Ends all but the one that asks. */
    @PostMapping("/{organization}/staff/signed-in/end-all")
    String endAll(@AuthenticationPrincipal StaffSession session, HttpServletRequest request, RedirectAttributes shown) {
        return end(one -> true, session, request, shown);
    }

    private String end(
            Predicate<OpenSession> meant, StaffSession session, HttpServletRequest request, RedirectAttributes shown) {
        shown.addFlashAttribute("ended", sessions.end(session, all(session, request), meant));
        return "redirect:/" + session.organization() + "/staff/signed-in";
    }

    private List<OpenSession> all(StaffSession session, HttpServletRequest request) {
        if (staff.certificate(session).role() != Role.ADMIN) {
            throw Problem.of(403, "forbidden", "this page is for the organization's admins");
        }
        return sessions.at(session.organization(), request);
    }
}
