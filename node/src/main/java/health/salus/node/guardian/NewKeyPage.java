package health.salus.node.guardian;

import health.salus.contracts.access.NewKey;
import health.salus.identity.Handle;
import health.salus.node.access.Replacements;
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

/** Where a patient who lost all keys makes a new passkey, with a code from a guardian, who can then propose it. */
@PageController
class NewKeyPage {
    private final Wards wards;
    private final CodedCreation creation;
    private final Attempts attempts;

    NewKeyPage(Wards wards, CodedCreation creation, Attempts attempts) {
        this.wards = wards;
        this.creation = creation;
        this.attempts = attempts;
    }

    @GetMapping("/{organization}/guardian/new-key")
    String page() {
        return "guardian/new-key";
    }

    /** What a passkey is to be made with: the patient's handle, so that it can sign in once the ledger has it. */
    @PostMapping("/{organization}/guardian/new-key/challenge")
    @ResponseBody
    Map<String, String> begin(
            @PathVariable String organization, @RequestBody CodedCreation.Arrival arrival, HttpServletRequest request) {
        attempts.requirePermitted(request);
        Handle patient = replacements(organization).patient(arrival.code()).orElseThrow(CodedCreation::noInvitation);
        return creation.begin(organization, arrival, patient);
    }

    /** Keeps the passkey for the guardian; uses the code up. */
    @PostMapping("/{organization}/guardian/new-key")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> accept(
            @PathVariable String organization, @RequestBody CodedCreation.Made made, HttpServletRequest request) {
        attempts.requirePermitted(request);
        NewKey key = creation.finish(organization, made);
        if (!replacements(organization).accept(made.code(), key)) {
            throw CodedCreation.noInvitation();
        }
        return Map.of();
    }

    private Replacements replacements(String organization) {
        return wards.custodian(organization).replacements();
    }
}
