package health.salus.node.access;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.Access;
import health.salus.contracts.access.Emergency;
import health.salus.contracts.access.Grant;
import health.salus.contracts.access.JustificationCommitment;
import health.salus.contracts.access.Terms;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.JsonException;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Sessions;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The doors {@code /{org}/access/terms}, where a requester deposits what its request is for,
 * {@code /{org}/access/justifications}, where it deposits why it opened a record in an emergency, and
 * {@code /{org}/access/requests}, where the patient reads what is asked of them. The ledger holds who asks whom, and
 * commitments; here is what they commit to.
 */
@RestController
public final class AccessDoor {
    private static final int MOST_SHOWN = 200;

    private final Sessions sessions;
    private final Custodian.Directory custodians;
    private final Entitlements.StateSource ledger;

    public AccessDoor(Sessions sessions, Custodian.Directory custodians, Entitlements.StateSource ledger) {
        this.sessions = sessions;
        this.custodians = custodians;
        this.ledger = ledger;
    }

    /**
     * Deposits terms: {@code {"grant": <handle>, "terms": {…}}}. Only for a grant that the caller's organization asked
     * for on the ledger, and only the terms that it committed to there.
     */
    @PostMapping("/{organization}/access/terms")
    public ResponseEntity<Map<String, Object>> deposit(
            @PathVariable("organization") String organization, @RequestBody JsonNode body, HttpServletRequest request) {
        Custodian custodian = custodian(organization);
        if (!(sessions.of(request, organization).caller() instanceof Caller.Outsider outsider)) {
            throw Problem.of(403, "forbidden", "terms are deposited by the organization that asks");
        }
        Handle id = handle("grant", body);
        Grant grant = new Access(ledger.current().state())
                .grant(id)
                .filter(found -> found.custodian().equals(organization)
                        && found.requester().equals(outsider.certificate().organization()))
                .orElseThrow(() -> Problem.of(404, "unknown-grant", "the ledger has no such request of yours"));
        Terms terms = terms(body.path("terms"));
        if (!terms.commitment().equals(grant.terms())) {
            throw Problem.of(409, "terms-mismatch", "these are not the terms that the request commits to");
        }
        custodian.terms().put(grant, terms);
        return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("grant", id.value()));
    }

    /**
     * Deposits the justification of an emergency access, for the patient and the organization's auditors to read:
     * {@code {"emergency": <handle>, "salt": <32 bytes, base64url>, "text"}}. By the organization that opened the record, and only
     * what it committed to on the ledger.
     */
    @PostMapping("/{organization}/access/justifications")
    public ResponseEntity<Map<String, Object>> justify(
            @PathVariable("organization") String organization, @RequestBody JsonNode body, HttpServletRequest request) {
        Custodian custodian = custodian(organization);
        String opener = switch (sessions.of(request, organization).caller()) {
            case Caller.Outsider(Certificate certificate) -> certificate.organization();
            case Caller.Own own -> organization;
            case Caller.Person person ->
                throw Problem.of(
                        403, "forbidden", "justifications are deposited by the organization that opened the record");
        };
        Handle id = handle("emergency", body);
        Emergency emergency = new Access(ledger.current().state())
                .emergency(id)
                .filter(found -> found.custodian().equals(organization)
                        && found.organization().equals(opener))
                .orElseThrow(
                        () -> Problem.of(404, "unknown-emergency", "the ledger has no such emergency access of yours"));
        JustificationCommitment commitment = emergency
                .justification()
                .orElseThrow(() -> Problem.of(409, "not-justified", "commit to the justification on the ledger first"));
        String text = body.path("text").asText();
        if (text.isBlank() || text.length() > Justifications.MOST_CHARACTERS) {
            throw Problem.of(400, "malformed", "text: expected 1 to " + Justifications.MOST_CHARACTERS + " characters");
        }
        if (!custodian.justifications().put(id, commitment, salt(body), text)) {
            throw Problem.of(409, "justification-mismatch", "this is not what the emergency access was justified with");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("emergency", id.value()));
    }

    /** What was asked of the patient who calls, with the terms and what became of it; {@code {"requests": […]}}. */
    @GetMapping("/{organization}/access/requests")
    public Map<String, Object> requests(@PathVariable("organization") String organization, HttpServletRequest request) {
        Custodian custodian = custodian(organization);
        Caller.Person person = person(organization, request);
        Access access = new Access(ledger.current().state());
        List<Map<String, Object>> requests = new ArrayList<>();
        for (DepositedTerms.Deposit deposit : custodian.terms().of(person.patient())) {
            access.grant(deposit.grant()).ifPresent(grant -> requests.add(shown(grant, deposit.terms())));
        }
        return Map.of("requests", requests);
    }

    /** What happened on the ledger about the patient who calls, newest first; {@code {"notifications": […]}}. */
    @GetMapping("/{organization}/notifications")
    public Map<String, Object> notifications(
            @PathVariable("organization") String organization, HttpServletRequest request) {
        Custodian custodian = custodian(organization);
        Caller.Person person = person(organization, request);
        custodian.follower().awaitHeight(ledger.current().height());
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Notifications.Notification one : custodian.notifications().of(person.patient(), MOST_SHOWN)) {
            Map<String, Object> notification = new LinkedHashMap<>();
            notification.put("cursor", one.cursor());
            notification.put("time", one.time().toString());
            notification.put("type", one.type());
            notification.put("emergency", one.isEmergency());
            notification.put("data", new RawJson(one.data()));
            shown.add(notification);
        }
        return Map.of("notifications", shown);
    }

    private Caller.Person person(String organization, HttpServletRequest request) {
        if (sessions.of(request, organization).caller() instanceof Caller.Person person) {
            return person;
        }
        throw Problem.of(403, "forbidden", "only patients, or who acts for them, see this");
    }

    private Custodian custodian(String organization) {
        return custodians
                .find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
    }

    private static Map<String, Object> shown(Grant grant, Terms terms) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("grant", grant.id().value());
        request.put("requester", grant.requester());
        request.put("status", Codes.code(grant.status()));
        request.put("from", grant.period().from().toString());
        request.put("until", grant.period().until().toString());
        request.put("commitment", grant.terms().digest().base64Url());
        request.put("terms", new RawJson(new String(terms.canonical(), StandardCharsets.UTF_8)));
        return request;
    }

    private static Handle handle(String member, JsonNode body) {
        try {
            return new Handle(body.path(member).asText());
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed", member + ": expected a handle of 32 hexadecimal digits");
        }
    }

    private static byte[] salt(JsonNode body) {
        try {
            return Sha256.ofBase64Url(body.path("salt").asText()).bytes(); // as long as a digest
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed", "salt: expected 32 bytes, 43 characters of base64url");
        }
    }

    private static Terms terms(JsonNode tree) {
        try {
            return CanonicalTerms.of(tree);
        } catch (JsonException e) {
            throw Problem.of(400, "malformed", "terms: not the terms of a grant");
        }
    }
}
