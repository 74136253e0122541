package health.salus.node.gateway;

import health.salus.fhir.ResourceVersion;
import health.salus.node.gateway.RestfulInteraction.VersionRead;
import health.salus.node.smart.Session;
import health.salus.node.smart.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The door {@code /{org}/records/{type}/{id}/{version}/receipt}: receipts as text files, which check offline. */
@RestController
public final class ReceiptDoor {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Gateways gateways;
    private final Sessions sessions;

    public ReceiptDoor(Gateways gateways, Sessions sessions) {
        this.gateways = gateways;
        this.sessions = sessions;
    }

    /** The receipt; 202 with {@code Retry-After} while the ledger doesn't have the log's head yet. */
    @GetMapping("/{organization}/records/{type}/{id}/{version}/receipt")
    public ResponseEntity<byte[]> receipt(
            @PathVariable("organization") String organization,
            @PathVariable("type") String type,
            @PathVariable("id") String id,
            @PathVariable("version") String version,
            HttpServletRequest http) {
        try {
            Gateway gateway = gateways.find(organization).orElseThrow(FhirProblem::notFound);
            Session session = sessions.of(http, organization);
            ResourceVersion named = named(type, id, version);
            Request request = new Request(
                    session,
                    http.getRemoteAddr(),
                    "GET",
                    named.toString(),
                    "",
                    new VersionRead(type, id, version),
                    List.of(),
                    Map.of(),
                    new byte[0]);
            return switch (gateway.receipt(request, named)) {
                case ReceiptUse.Outcome.Ready(var receipt) ->
                    ResponseEntity.ok()
                            .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                            .body(receipt.encode().getBytes(StandardCharsets.UTF_8));
                case ReceiptUse.Outcome.NotYet notYet ->
                    ResponseEntity.accepted()
                            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                            .build();
            };
        } catch (FhirProblem problem) {
            return ResponseEntity.status(problem.status())
                    .contentType(MediaType.parseMediaType("application/fhir+json"))
                    .body(OperationOutcomes.of(problem));
        }
    }

    private static ResourceVersion named(String type, String id, String version) {
        try {
            return new ResourceVersion(type, id, version);
        } catch (IllegalArgumentException e) {
            throw FhirProblem.notFound();
        }
    }
}
