package health.salus.node.staff;

import health.salus.contracts.access.Access;
import health.salus.contracts.network.Certificate;
import health.salus.foundation.Sha256;
import health.salus.node.pages.PageController;
import health.salus.node.pages.SignedInPages;
import health.salus.node.passkey.Attempts;
import health.salus.node.passkey.SignInCeremony;
import health.salus.node.staff.StaffSession.SigningPasskey;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Where staff sign in: with a passkey that is bound to their certificate, or with the certificate itself where the browser
 * gave it to TLS. And the answer to addresses where there is nothing.
 */
@PageController
class StaffSignInPage {
    private static final String TLS_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Staff staff;
    private final SignInCeremony ceremony;
    private final SignedInPages pages;
    private final Attempts attempts;

    StaffSignInPage(Staff staff, SignInCeremony ceremony, SignedInPages pages, Attempts attempts) {
        this.staff = staff;
        this.ceremony = ceremony;
        this.pages = pages;
        this.attempts = attempts;
    }

    @GetMapping("/{organization}/staff")
    String entry(
            @PathVariable String organization,
            @AuthenticationPrincipal @Nullable StaffSession session,
            HttpServletRequest request,
            Model model) {
        if (session != null) {
            return "redirect:" + home(organization);
        }
        model.addAttribute("certified", tlsCertificate(request, organization).isPresent());
        return "staff/sign-in";
    }

    @GetMapping("/{organization}/staff/**")
    String nothing(@PathVariable String organization) {
        throw Problem.of(404, "not-found", "there is no such page");
    }

    @PostMapping("/{organization}/staff/sign-in/challenge")
    @ResponseBody
    Map<String, String> begin(@PathVariable String organization, HttpServletRequest request) {
        attempts.requirePermitted(request);
        return ceremony.begin(pagesOf(organization));
    }

    @PostMapping("/{organization}/staff/sign-in")
    @ResponseBody
    Map<String, String> signIn(
            @PathVariable String organization,
            @RequestBody SignInCeremony.Answer answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        attempts.requirePermitted(request);
        Sha256 kid = ceremony.accept(pagesOf(organization), answer, userHandle -> candidates(organization, userHandle))
                .orElseThrow(() -> unknown());
        Sha256 certificate = staff.access().staffPasskey(kid).orElseThrow().certificate();
        SigningPasskey passkey = new SigningPasskey(kid, answer.credential());
        pages.begin(new StaffSession(organization, certificate, Optional.of(passkey), staff.now()), request, response);
        return Map.of("home", home(organization));
    }

    /** With the certificate of the TLS connection; for looking, since a page can't sign with it. */
    @PostMapping("/{organization}/staff/sign-in/certificate")
    String signInByCertificate(
            @PathVariable String organization, HttpServletRequest request, HttpServletResponse response) {
        attempts.requirePermitted(request);
        Certificate certificate = tlsCertificate(request, organization).orElseThrow(() -> unknown());
        pages.begin(
                new StaffSession(organization, certificate.kid(), Optional.empty(), staff.now()), request, response);
        return "redirect:" + home(organization);
    }

    private Optional<Certificate> tlsCertificate(HttpServletRequest request, String organization) {
        if (request.getAttribute(TLS_CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
            try {
                return staff.certificate(organization, Sha256.of(chain[0].getEncoded()));
            } catch (CertificateEncodingException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The passkeys of the certificate whose thumbprint the user handle is. */
    private List<SignInCeremony.Candidate> candidates(String organization, byte[] userHandle) {
        Access access = staff.access();
        return staff.certificate(organization, Sha256.ofBytes(userHandle)).stream()
                .flatMap(certificate -> access.staffPasskeys(certificate.kid()).stream())
                .flatMap(passkey -> SignInCeremony.Candidate.of(access, passkey.kid(), staff.now()).stream())
                .toList();
    }

    private static Problem unknown() {
        return Problem.of(401, "not-recognised", "no passkey or certificate of staff of this organization");
    }

    private static String home(String organization) {
        return "/" + organization + "/staff/home";
    }

    private static String pagesOf(String organization) {
        return organization + "/" + StaffSession.AREA;
    }
}
