package health.salus.node.access;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.network.Attribute;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Sessions;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The door {@code /{org}/patients}: makes patients of the FHIR server known to the network, or invites them to do it. */
@RestController
public final class PatientsDoor {
    private final Sessions sessions;
    private final Custodian.Directory custodians;
    private final PortalOrigin origin;

    public PatientsDoor(Sessions sessions, Custodian.Directory custodians, PortalOrigin origin) {
        this.sessions = sessions;
        this.custodians = custodians;
        this.origin = origin;
    }

    /**
     * Registers a patient: {@code {"patient": <id of the Patient>, "key": <P-256 point, x || y in base64url>}}. By a
     * registrar, gateway or admin of the organization.
     *
     * @return {@code {"handle", "patient", "url"}}; the handle is random and is for the patient to give away
     */
    @PostMapping("/{organization}/patients")
    public ResponseEntity<Map<String, Object>> register(
            @PathVariable("organization") String organization, @RequestBody JsonNode body, HttpServletRequest request) {
        Custodian custodian = custodianOfRegistrar(organization, request);
        NewKey key = NewKey.plain(key(body.path("key").asText()));
        String patient = body.path("patient").asText();
        Handle handle = Handle.random();
        String url = PatientRegistration.register(custodian, patient, handle, key);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("handle", handle.value());
        answer.put("patient", patient);
        answer.put("url", url);
        return ResponseEntity.status(HttpStatus.CREATED).body(answer);
    }

    /**
     * Invites a patient to register with a passkey: {@code {"patient": <id of the Patient>}}. By the same as above.
     *
     * @return {@code {"link", "expires"}}; the code in the link is good once, and whoever has it becomes the patient
     */
    @PostMapping("/{organization}/patients/invitations")
    public ResponseEntity<Map<String, Object>> invite(
            @PathVariable("organization") String organization, @RequestBody JsonNode body, HttpServletRequest request) {
        Custodian custodian = custodianOfRegistrar(organization, request);
        String patient = body.path("patient").asText();
        PatientRegistration.requireStored(custodian, patient);
        PatientRegistration.requireUnregistered(custodian, patient);
        Invitations.Invitation invitation = custodian.invitations().invite(patient);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("link", origin.value() + "/" + organization + "/portal/welcome#" + invitation.code());
        answer.put("expires", invitation.expires().toString());
        return ResponseEntity.status(HttpStatus.CREATED).body(answer);
    }

    private Custodian custodianOfRegistrar(String organization, HttpServletRequest request) {
        Custodian custodian = custodians
                .find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
        if (!(sessions.of(request, organization).caller() instanceof Caller.Own own)
                || !own.isAdminOr(Attribute.REGISTRAR, Attribute.GATEWAY)) {
            throw Problem.of(403, "forbidden", "only registrars of the organization register patients");
        }
        return custodian;
    }

    private static P256PublicKey key(String text) {
        try {
            return P256PublicKey.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed", "key: expected a P-256 point, x || y, 86 characters of base64url");
        }
    }
}
