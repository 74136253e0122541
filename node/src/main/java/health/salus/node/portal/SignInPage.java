package health.salus.node.portal;

import health.salus.node.access.PortalOrigin;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** The first page of a portal, where patients sign in; and the answer to addresses in a portal where there is nothing. */
@PageController
class SignInPage {
    private final PasskeySignIn signIn;
    private final PortalOrigin origin;
    private final Attempts attempts;
    private final HttpSessionSecurityContextRepository sessions;
    private final CookieCsrfTokenRepository tokens;

    SignInPage(
            PasskeySignIn signIn,
            PortalOrigin origin,
            Attempts attempts,
            HttpSessionSecurityContextRepository sessions,
            CookieCsrfTokenRepository tokens) {
        this.signIn = signIn;
        this.origin = origin;
        this.attempts = attempts;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @GetMapping("/{organization}/portal")
    String entry(@PathVariable String organization, @AuthenticationPrincipal @Nullable PatientSession session) {
        return session == null ? "portal/sign-in" : "redirect:/" + session.organization() + "/portal/home";
    }

    @GetMapping("/{organization}/portal/**")
    String nothing(@PathVariable String organization) {
        throw Problem.of(404, "not-found", "there is no such page");
    }

    @PostMapping("/{organization}/portal/sign-in/challenge")
    @ResponseBody
    Map<String, String> begin(@PathVariable String organization, HttpServletRequest request) {
        attempts.requirePermitted(request);
        return Map.of("nonce", signIn.begin(organization), "relyingParty", origin.relyingParty());
    }

    /** Begins a session, under a new id. */
    @PostMapping("/{organization}/portal/sign-in")
    @ResponseBody
    Map<String, String> signIn(
            @PathVariable String organization,
            @RequestBody PasskeySignIn.Answer answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        attempts.requirePermitted(request);
        PatientSession session = signIn.accept(organization, answer)
                .orElseThrow(() -> Problem.of(401, "not-recognised", "no passkey of a patient of this organization"));
        HttpSession earlier = request.getSession(false);
        if (earlier != null) {
            earlier.invalidate();
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PatientAuthentication(session));
        sessions.saveContext(context, request, response);
        tokens.saveToken(tokens.generateToken(request), request, response);
        return Map.of("portal", "/" + session.organization() + "/portal/home");
    }
}
