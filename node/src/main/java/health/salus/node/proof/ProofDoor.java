package health.salus.node.proof;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.network.Attribute;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Part;
import health.salus.foundation.Sha256;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Sessions;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The doors {@code /{org}/findings} and {@code /{org}/erasures}, for the organization's own admins. */
@RestController
public final class ProofDoor {
    private static final int MOST_SHOWN = 1_000;

    private final Sessions sessions;
    private final Provers provers;

    public ProofDoor(Sessions sessions, Provers provers) {
        this.sessions = sessions;
        this.provers = provers;
    }

    /** What was found, newest first: {@code {"findings": [{"kind", "record", "parts", "time"}]}}. */
    @GetMapping("/{organization}/findings")
    public Map<String, Object> findings(@PathVariable("organization") String organization, HttpServletRequest request) {
        requireAdmin(organization, request, Attribute.AUDITOR);
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Finding finding : prover(organization).findings().newest(MOST_SHOWN)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", finding.kind().name().toLowerCase(java.util.Locale.ROOT));
            one.put("record", finding.version().toString());
            one.put("parts", finding.parts().stream().map(Part::name).sorted().toList());
            one.put("time", finding.time().toString());
            shown.add(one);
        }
        return Map.of("findings", shown);
    }

    /**
     * Erases a resource: {@code {"reference": "Observation/7", "reason": "gdpr-17"}}.
     *
     * @return {@code {"receipt", "digest", "entry", "transactions"}}; the receipt may be shown to anybody
     */
    @PostMapping("/{organization}/erasures")
    public ResponseEntity<Map<String, Object>> erase(
            @PathVariable("organization") String organization, @RequestBody JsonNode body, HttpServletRequest request) {
        requireAdmin(organization, request);
        ResourceVersion named = named(body.path("reference").asText());
        String reason = body.path("reason").asText("gdpr-17");
        if (!reason.matches("[a-z0-9-]{1,64}")) {
            throw Problem.of(400, "malformed", "reason: expected a code of a-z 0-9 -");
        }
        return switch (prover(organization).erasures().erase(named.type(), named.id(), reason)) {
            case Erasures.Outcome.Erased erased -> ResponseEntity.ok(shown(erased));
            case Erasures.Outcome.Unknown unknown ->
                throw Problem.of(404, "unknown-record", "nothing of that name was ever sealed here");
            case Erasures.Outcome.Refused(int status) ->
                throw Problem.of(
                        409,
                        "refused",
                        "the FHIR server refused with status " + status + "; resources that refer to it go first");
        };
    }

    private static Map<String, Object> shown(Erasures.Outcome.Erased erased) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("receipt", new String(erased.receipt().encode(), StandardCharsets.UTF_8));
        answer.put("digest", erased.receipt().digest().base64Url());
        answer.put("entry", erased.entry());
        answer.put(
                "transactions", erased.notes().stream().map(Sha256::base64Url).toList());
        return answer;
    }

    private void requireAdmin(String organization, HttpServletRequest request, Attribute... others) {
        if (!(sessions.of(request, organization).caller() instanceof Caller.Own own) || !own.isAdminOr(others)) {
            throw Problem.of(403, "forbidden", "only admins of the organization");
        }
    }

    private Prover prover(String organization) {
        return provers.find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
    }

    private static ResourceVersion named(String reference) {
        try {
            return ResourceVersion.parse(reference + "/_history/1");
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "malformed", "reference: expected <Type>/<id>");
        }
    }
}
