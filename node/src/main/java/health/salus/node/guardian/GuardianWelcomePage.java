package health.salus.node.guardian;

import health.salus.contracts.access.NewKey;
import health.salus.node.access.Guardians;
import health.salus.node.access.Guardians.Guardian;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Attempts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Where somebody whom a patient invited makes the passkey that they will guard with. The patient still has to name them. */
@PageController
class GuardianWelcomePage {
    private final Wards wards;
    private final CodedCreation creation;
    private final Attempts attempts;

    GuardianWelcomePage(Wards wards, CodedCreation creation, Attempts attempts) {
        this.wards = wards;
        this.creation = creation;
        this.attempts = attempts;
    }

    @GetMapping("/{organization}/guardian/welcome")
    String page() {
        return "guardian/welcome";
    }

    /** What a passkey is to be made with; nothing in it says who the patient is. */
    @PostMapping("/{organization}/guardian/welcome/challenge")
    @ResponseBody
    Map<String, String> begin(
            @PathVariable String organization, @RequestBody CodedCreation.Arrival arrival, HttpServletRequest request) {
        attempts.requirePermitted(request);
        Guardian invited = guardians(organization).invited(arrival.code()).orElseThrow(CodedCreation::noInvitation);
        return creation.begin(organization, arrival, invited.id());
    }

    /** Keeps the passkey; uses the code up. */
    @PostMapping("/{organization}/guardian/welcome")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> accept(
            @PathVariable String organization, @RequestBody CodedCreation.Made made, HttpServletRequest request) {
        attempts.requirePermitted(request);
        NewKey key = creation.finish(organization, made);
        if (!guardians(organization).accept(made.code(), key)) {
            throw CodedCreation.noInvitation();
        }
        return Map.of();
    }

    private Guardians guardians(String organization) {
        return wards.custodian(organization).guardians();
    }
}
