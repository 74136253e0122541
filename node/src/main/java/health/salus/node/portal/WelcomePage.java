package health.salus.node.portal;

import health.salus.identity.Handle;
import health.salus.node.access.Custodian;
import health.salus.node.access.PatientRegistration;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Attempts;
import health.salus.node.passkey.Challenges;
import health.salus.node.passkey.PasskeyCreation;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Where an invited patient makes a passkey and is registered with it. The code of the invitation is in the address's fragment,
 * which no server gets to see before the patient says so.
 */
@PageController
class WelcomePage {
    /** What the browser has of the address. */
    record Arrival(String code) {}

    /** A new passkey; all in base64url. */
    record Registration(String code, String challenge, String attestationObject, String clientData) {}

    private record Beginning(String organization, String code, Handle handle) {}

    private final Portals portals;
    private final PasskeyCreation creation;
    private final Attempts attempts;
    private final Challenges<Beginning> challenges;

    WelcomePage(
            Portals portals, PasskeyCreation creation, Attempts attempts, SecureRandom random, InstantSource clock) {
        this.portals = portals;
        this.creation = creation;
        this.attempts = attempts;
        this.challenges = new Challenges<>(random, clock);
    }

    @GetMapping("/{organization}/portal/welcome")
    String page() {
        return "portal/welcome";
    }

    /** What a passkey is to be made with; nothing in it says who the patient is. */
    @PostMapping("/{organization}/portal/welcome/challenge")
    @ResponseBody
    Map<String, String> begin(
            @PathVariable String organization, @RequestBody Arrival arrival, HttpServletRequest request) {
        attempts.requirePermitted(request);
        invited(portals.custodian(organization), arrival.code);
        Handle handle = Handle.random();
        return creation.options(
                challenges.issue(new Beginning(organization, arrival.code, handle)),
                organization,
                HexFormat.of().parseHex(handle.value()));
    }

    /** Registers patient and passkey; uses the invitation up. */
    @PostMapping("/{organization}/portal/welcome")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> register(
            @PathVariable String organization, @RequestBody Registration registration, HttpServletRequest request) {
        attempts.requirePermitted(request);
        Custodian custodian = portals.custodian(organization);
        Beginning beginning = challenges
                .take(registration.challenge)
                .filter(found -> found.organization.equals(organization) && found.code.equals(registration.code))
                .orElseThrow(() -> Problem.of(400, "unknown-challenge", "too late, or not begun here"));
        var key = creation.check(registration.challenge, registration.attestationObject, registration.clientData);
        String patient = invited(custodian, registration.code);
        PatientRegistration.register(custodian, patient, beginning.handle, key);
        custodian.invitations().use(registration.code);
        return Map.of("portal", "/" + organization + "/portal");
    }

    private static String invited(Custodian custodian, String code) {
        return custodian
                .invitations()
                .patient(code)
                .orElseThrow(() -> Problem.of(404, "no-invitation", "there is no such invitation, or not any more"));
    }
}
