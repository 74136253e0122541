package health.salus.node.gateway;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.smart.Session;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What pages of this node read for whoever signed in to them: the gateways decide and audit it as they do at the FHIR door.
 * Thread-safe.
 */
@Component
public final class PageReads {
    private static final byte[] NOTHING = {};

    private final Gateways gateways;

    PageReads(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * Reads FHIR JSON.
     *
     * @param session who reads
     * @param address network address of the reader
     * @param target path and query below the organization's FHIR base, percent-encoded
     * @throws FhirProblem where it isn't answered
     */
    public byte[] get(String organization, Session session, String address, String target) {
        return gateway(organization).answer(request(session, address, target)).body();
    }

    /**
     * The receipt of a version that the reader may read; empty while the ledger doesn't have its log's head yet.
     *
     * @throws FhirProblem where there is none
     */
    public Optional<RecordReceipt> receipt(
            String organization, Session session, String address, ResourceVersion version) {
        return switch (gateway(organization).receipt(request(session, address, version.toString()), version)) {
            case ReceiptUse.Outcome.Ready(RecordReceipt receipt) -> Optional.of(receipt);
            case ReceiptUse.Outcome.NotYet notYet -> Optional.empty();
        };
    }

    private Gateway gateway(String organization) {
        return gateways.find(organization).orElseThrow(FhirProblem::notFound);
    }

    private static Request request(Session session, String address, String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return new Request(
                session,
                address,
                "GET",
                path,
                query,
                RequestLine.parse("GET", path),
                Parameter.parse(query),
                Map.of(),
                NOTHING);
    }
}
