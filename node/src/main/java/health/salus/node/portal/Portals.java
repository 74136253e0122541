package health.salus.node.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.Access;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.access.Custodian;
import health.salus.node.access.Entitlements;
import health.salus.node.gateway.PageReads;
import health.salus.node.smart.Clients;
import health.salus.node.smart.Session;
import health.salus.node.smart.SmartScopes;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the pages of a portal read: the custodian, the ledger, and, as the patient, the records. Thread-safe. */
@Component
final class Portals {
    private static final SmartScopes READING = SmartScopes.parse("patient/*.rs");

    private final Custodian.Directory custodians;
    private final Entitlements.StateSource ledger;
    private final Clients clients;
    private final PageReads reads;

    Portals(Custodian.Directory custodians, Entitlements.StateSource ledger, Clients clients, PageReads reads) {
        this.custodians = custodians;
        this.ledger = ledger;
        this.clients = clients;
        this.reads = reads;
    }

    /** @throws Problem where the organization has no portal here */
    Custodian custodian(String organization) {
        return custodians
                .find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
    }

    Access access() {
        return new Access(ledger.current().state());
    }

    long height() {
        return ledger.current().height();
    }

    /** Reads FHIR JSON as the patient does at the FHIR door; it is decided and audited there. */
    ObjectNode read(PatientSession session, HttpServletRequest request, String target) {
        return FhirJson.resource(bytes(session, request, target));
    }

    /** The same, as it came. */
    byte[] bytes(PatientSession session, HttpServletRequest request, String target) {
        return reads.get(session.organization(), caller(session), request.getRemoteAddr(), target);
    }

    /** The receipt of a version; empty while the ledger doesn't have its log's head yet. */
    Optional<RecordReceipt> receipt(PatientSession session, HttpServletRequest request, ResourceVersion version) {
        return reads.receipt(session.organization(), caller(session), request.getRemoteAddr(), version);
    }

    /** Versions with their receipts, as one read. */
    PageReads.Proofs proofs(PatientSession session, HttpServletRequest request, List<ResourceVersion> versions) {
        return reads.proofs(session.organization(), caller(session), request.getRemoteAddr(), versions);
    }

    /** A page of a search with its receipts, as one read. */
    PageReads.ProvenPage provenPage(PatientSession session, HttpServletRequest request, String target) {
        return reads.provenPage(session.organization(), caller(session), request.getRemoteAddr(), target);
    }

    private Session caller(PatientSession session) {
        return clients.recognise(session.organization(), session.kid())
                .map(known -> new Session(known, READING))
                .orElseThrow(() -> Problem.of(401, "signed-out", "the key is not in force any more"));
    }
}
