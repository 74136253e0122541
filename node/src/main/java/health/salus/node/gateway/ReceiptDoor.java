package health.salus.node.gateway;

import health.salus.fhir.ResourceVersion;
import health.salus.node.gateway.RestfulInteraction.VersionRead;
import health.salus.node.smart.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The doors {@code /{org}/records/{type}/{id}/{version}/receipt}, receipts as text files which check offline, and
 * {@code …/provenance}.
 */
@RestController
public final class ReceiptDoor {
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");
    private static final MediaType FHIR = MediaType.parseMediaType("application/fhir+json");

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
        return withProblems(() -> {
            ResourceVersion named = named(type, id, version);
            return switch (gateway(organization).receipt(read(organization, named, http), named)) {
                case ReceiptUse.Outcome.Ready(var receipt) ->
                    ResponseEntity.ok().contentType(TEXT).body(receipt.encode().getBytes(StandardCharsets.UTF_8));
                case ReceiptUse.Outcome.NotYet notYet ->
                    ResponseEntity.accepted()
                            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                            .build();
            };
        });
    }

    /** The seal and the record log's proof as a FHIR Provenance, at once; it does not show that the head is anchored. */
    @GetMapping("/{organization}/records/{type}/{id}/{version}/provenance")
    public ResponseEntity<byte[]> provenance(
            @PathVariable("organization") String organization,
            @PathVariable("type") String type,
            @PathVariable("id") String id,
            @PathVariable("version") String version,
            HttpServletRequest http) {
        return withProblems(() -> {
            ResourceVersion named = named(type, id, version);
            Answer answer = gateway(organization).provenance(read(organization, named, http), named);
            return ResponseEntity.ok().contentType(FHIR).body(answer.body());
        });
    }

    private static ResponseEntity<byte[]> withProblems(Supplier<ResponseEntity<byte[]>> work) {
        try {
            return work.get();
        } catch (FhirProblem problem) {
            return ResponseEntity.status(problem.status()).contentType(FHIR).body(OperationOutcomes.of(problem));
        }
    }

    private Gateway gateway(String organization) {
        return gateways.find(organization).orElseThrow(FhirProblem::notFound);
    }

    private Request read(String organization, ResourceVersion version, HttpServletRequest http) {
        return new Request(
                sessions.of(http, organization),
                http.getRemoteAddr(),
                "GET",
                version.toString(),
                "",
                new VersionRead(version.type(), version.id(), version.version()),
                List.of(),
                Map.of(),
                new byte[0]);
    }

    private static ResourceVersion named(String type, String id, String version) {
        try {
            return new ResourceVersion(type, id, version);
        } catch (IllegalArgumentException e) {
            throw FhirProblem.notFound();
        }
    }
}
