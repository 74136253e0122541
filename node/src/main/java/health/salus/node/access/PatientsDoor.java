package health.salus.node.access;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.records.RecordsAction;
import health.salus.fhir.FhirSyntax;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.Submission;
import health.salus.node.backend.FhirRequest;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Sessions;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The door {@code /{org}/patients}: makes a patient of the FHIR server known to the network, under a handle. */
@RestController
public final class PatientsDoor {
    private static final int PATIENCE_SECONDS = 30;

    private final Sessions sessions;
    private final Custodian.Directory custodians;

    public PatientsDoor(Sessions sessions, Custodian.Directory custodians) {
        this.sessions = sessions;
        this.custodians = custodians;
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
        Custodian custodian = custodians
                .find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
        if (!(sessions.of(request, organization).caller() instanceof Caller.Own own)
                || !own.isAdminOr(Attribute.REGISTRAR, Attribute.GATEWAY)) {
            throw Problem.of(403, "forbidden", "only registrars of the organization register patients");
        }
        P256PublicKey key = key(body.path("key").asText());
        String patient = body.path("patient").asText();
        requireStored(custodian, patient);
        Handle handle = Handle.random();
        bind(custodian, handle, patient);
        String url = custodian.fhirBase() + "/Patient/" + handle;
        try {
            requireAccepted(custodian, new AccessAction.RegisterPatient(handle, key));
        } catch (RuntimeException e) {
            custodian.handles().unbind(handle.value());
            throw e;
        }
        requireAccepted(custodian, new RecordsAction.Locate(handle, url));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("handle", handle.value());
        answer.put("patient", patient);
        answer.put("url", url);
        return ResponseEntity.status(HttpStatus.CREATED).body(answer);
    }

    private static void bind(Custodian custodian, Handle handle, String patient) {
        try {
            custodian.handles().bind(handle.value(), patient);
        } catch (DuplicateKeyException e) {
            throw Problem.of(409, "registered-already", "this patient has a handle already");
        }
    }

    private static void requireStored(Custodian custodian, String patient) {
        if (!FhirSyntax.isId(patient)
                || !custodian
                        .backend()
                        .exchange(FhirRequest.get("Patient/" + patient))
                        .isSuccess()) {
            throw Problem.of(422, "unknown-patient", "the FHIR server has no Patient with this id");
        }
    }

    private static void requireAccepted(Custodian custodian, health.salus.contracts.rule.Action action) {
        try {
            Submission submission = custodian.transactions().submit(action).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (submission instanceof Submission.Committed committed && committed.isAccepted()) {
                return;
            }
            String code = submission instanceof Submission.Committed committed
                    ? committed.rejection().map(Object::toString).orElse("rejected")
                    : "not-taken";
            throw Problem.of(409, code, "the ledger did not accept the registration");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        } catch (ExecutionException | TimeoutException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.of(503, "unknown-outcome", "the ledger did not answer; ask it before repeating");
    }

    private static P256PublicKey key(String text) {
        try {
            return P256PublicKey.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed", "key: expected a P-256 point, x || y, 86 characters of base64url");
        }
    }
}
