package health.salus.node.guardian;

import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.access.Guardians.Guardian;
import health.salus.node.pages.PageController;
import health.salus.node.pages.SignedInPages;
import health.salus.node.passkey.Attempts;
import health.salus.node.passkey.SignInCeremony;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where guardians sign in; and the answer to addresses of theirs where there is nothing. */
@PageController
class EntryPage {
    private final Wards wards;
    private final SignInCeremony ceremony;
    private final SignedInPages pages;
    private final Attempts attempts;
    private final InstantSource clock;

    EntryPage(Wards wards, SignInCeremony ceremony, SignedInPages pages, Attempts attempts, InstantSource clock) {
        this.wards = wards;
        this.ceremony = ceremony;
        this.pages = pages;
        this.attempts = attempts;
        this.clock = clock;
    }

    @GetMapping("/{organization}/guardian")
    String entry(@AuthenticationPrincipal @Nullable GuardianSession session) {
        return session == null ? "guardian/entry" : "redirect:/" + session.organization() + "/guardian/home";
    }

    @GetMapping("/{organization}/guardian/**")
    String nothing() {
        throw Problem.of(404, "not-found", "there is no such page");
    }

    @PostMapping("/{organization}/guardian/sign-in/challenge")
    @ResponseBody
    Map<String, String> begin(@PathVariable String organization, HttpServletRequest request) {
        attempts.requirePermitted(request);
        return ceremony.begin(pagesOf(organization));
    }

    @PostMapping("/{organization}/guardian/sign-in")
    @ResponseBody
    Map<String, String> signIn(
            @PathVariable String organization,
            @RequestBody SignInCeremony.Answer answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        attempts.requirePermitted(request);
        Sha256 kid = ceremony.accept(pagesOf(organization), answer, userHandle -> candidates(organization, userHandle))
                .orElseThrow(() -> Problem.of(401, "not-recognised", "no passkey of a guardian who is named"));
        pages.begin(
                new GuardianSession(organization, kid, answer.credential(), wards, clock.instant()), request, response);
        return Map.of("home", "/" + organization + "/guardian/home");
    }

    private List<SignInCeremony.Candidate> candidates(String organization, byte[] userHandle) {
        return wards
                .custodian(organization)
                .guardians()
                .find(new Handle(HexFormat.of().formatHex(userHandle)))
                .flatMap(Guardian::kid)
                .flatMap(kid -> wards.candidate(organization, kid))
                .stream()
                .toList();
    }

    private static String pagesOf(String organization) {
        return organization + "/" + GuardianSession.AREA;
    }
}
