package health.salus.node.staff;

import health.salus.contracts.access.NewKey;
import health.salus.foundation.Sha256;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Attempts;
import health.salus.node.passkey.Challenges;
import health.salus.node.passkey.PasskeyCreation;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Where the holder of a certificate makes a passkey. The page only tells its public key: it counts for nothing before the
 * certificate's own key, which no page has, binds it on the ledger.
 */
@PageController
class StaffPasskeyPage {
    /** @param certificate thumbprint, base64url */
    record Holder(String certificate) {}

    /** A new passkey; all in base64url. */
    record Made(String certificate, String challenge, String attestationObject, String clientData) {}

    private final Staff staff;
    private final PasskeyCreation creation;
    private final Attempts attempts;
    private final Challenges<Sha256> challenges;

    StaffPasskeyPage(
            Staff staff, PasskeyCreation creation, Attempts attempts, SecureRandom random, InstantSource clock) {
        this.staff = staff;
        this.creation = creation;
        this.attempts = attempts;
        this.challenges = new Challenges<>(random, clock);
    }

    @GetMapping("/{organization}/staff/passkey")
    String page() {
        return "staff/passkey";
    }

    /** What a passkey is to be made with. */
    @PostMapping("/{organization}/staff/passkey/challenge")
    @ResponseBody
    Map<String, String> begin(
            @PathVariable String organization, @RequestBody Holder holder, HttpServletRequest request) {
        attempts.requirePermitted(request);
        Sha256 certificate = certificate(organization, holder.certificate);
        return creation.options(challenges.issue(certificate), organization, certificate.bytes());
    }

    /** The key and origin that the holder is to bind. */
    @PostMapping("/{organization}/staff/passkey")
    @ResponseBody
    Map<String, String> made(@PathVariable String organization, @RequestBody Made made, HttpServletRequest request) {
        attempts.requirePermitted(request);
        Sha256 certificate = certificate(organization, made.certificate);
        if (challenges.take(made.challenge).filter(certificate::equals).isEmpty()) {
            throw Problem.of(400, "unknown-challenge", "too late, or not begun here");
        }
        NewKey key = creation.check(made.challenge, made.attestationObject, made.clientData);
        return Map.of("key", key.key().base64Url(), "origin", key.origin().orElseThrow());
    }

    private Sha256 certificate(String organization, String thumbprint) {
        try {
            Sha256 certificate = Sha256.ofBase64Url(thumbprint);
            if (staff.certificate(organization, certificate).isPresent()) {
                return certificate;
            }
        } catch (IllegalArgumentException malformed) {
            // as unknown as any other
        }
        throw Problem.of(404, "unknown-certificate", "no certificate in force of this organization");
    }
}
