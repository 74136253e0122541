package health.salus.node.portal;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Patient;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
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

/** The first page of a portal, where patients sign in; and the answer to addresses in a portal where there is nothing. */
@PageController
class SignInPage {
    private final Portals portals;
    private final SignInCeremony ceremony;
    private final SignedInPages pages;
    private final Attempts attempts;
    private final InstantSource clock;

    SignInPage(Portals portals, SignInCeremony ceremony, SignedInPages pages, Attempts attempts, InstantSource clock) {
        this.portals = portals;
        this.ceremony = ceremony;
        this.pages = pages;
        this.attempts = attempts;
        this.clock = clock;
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
        return ceremony.begin(pagesOf(organization));
    }

    @PostMapping("/{organization}/portal/sign-in")
    @ResponseBody
    Map<String, String> signIn(
            @PathVariable String organization,
            @RequestBody SignInCeremony.Answer answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        attempts.requirePermitted(request);
        Sha256 kid = ceremony.accept(pagesOf(organization), answer, userHandle -> candidates(organization, userHandle))
                .orElseThrow(() -> Problem.of(401, "not-recognised", "no passkey of a patient of this organization"));
        Handle patient = portals.access().key(kid).orElseThrow().patient();
        pages.begin(
                new PatientSession(organization, patient, kid, answer.credential(), clock.instant()),
                request,
                response);
        return Map.of("home", "/" + organization + "/portal/home");
    }

    /** The passkeys of the organization's patient with this handle. */
    private List<SignInCeremony.Candidate> candidates(String organization, byte[] userHandle) {
        Access access = portals.access();
        Handle handle = new Handle(HexFormat.of().formatHex(userHandle));
        return access.patient(handle).filter(patient -> patient.custodian().equals(organization)).stream()
                .map(Patient::keys)
                .flatMap(List::stream)
                .flatMap(kid -> SignInCeremony.Candidate.of(access, kid, clock.instant()).stream())
                .toList();
    }

    private static String pagesOf(String organization) {
        return organization + "/" + PatientSession.AREA;
    }
}
