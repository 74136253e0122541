package health.salus.node.portal;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.gateway.PageReads;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** What a browser verifies a page of records by: their stored bytes and receipts, in one audited read. */
@PageController
class RecordProofs {
    private static final int MOST = 100;

    /** Which records; versions as {@code Observation/17/_history/1}. */
    record Wanted(List<String> versions) {}

    /**
     * One of them.
     *
     * @param resource as it is stored, in JSON
     * @param receipt empty while the ledger doesn't have it yet
     */
    record Proof(String version, String resource, String receipt) {
        static Proof of(PageReads.Proof proof) {
            return new Proof(
                    proof.version().toString(),
                    new String(proof.resource(), StandardCharsets.UTF_8),
                    proof.receipt().map(RecordReceipt::encode).orElse(""));
        }
    }

    /** All of them; {@code altered} are those that the gateway withholds for they aren't what was sealed. */
    record Proofs(List<Proof> proofs, List<String> altered) {}

    private final Portals portals;

    RecordProofs(Portals portals) {
        this.portals = portals;
    }

    @PostMapping("/{organization}/portal/records/proofs")
    @ResponseBody
    Proofs proofs(
            @RequestBody Wanted wanted, @AuthenticationPrincipal PatientSession session, HttpServletRequest request) {
        if (wanted.versions.isEmpty() || wanted.versions.size() > MOST) {
            throw Problem.of(400, "invalid-argument", "versions: expected 1 to " + MOST);
        }
        PageReads.Proofs found = portals.proofs(
                session,
                request,
                wanted.versions.stream().map(RecordProofs::version).toList());
        return new Proofs(
                found.proofs().stream().map(Proof::of).toList(),
                found.altered().stream().map(ResourceVersion::toString).toList());
    }

    private static ResourceVersion version(String text) {
        try {
            return ResourceVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "invalid-argument", "versions: not one of a record");
        }
    }
}
