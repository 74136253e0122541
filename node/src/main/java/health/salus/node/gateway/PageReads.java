package health.salus.node.gateway;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.smart.Session;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final String RECEIPTS = "$receipts";

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

    /**
     * A version that the reader may read.
     *
     * @param resource its bytes as they are stored
     * @param receipt empty while the ledger doesn't have its log's head yet
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record Proof(ResourceVersion version, byte[] resource, Optional<RecordReceipt> receipt) {}

    /**
     * What several versions are proven by.
     *
     * @param altered those that are not what was sealed, which are withheld
     */
    public record Proofs(List<Proof> proofs, List<ResourceVersion> altered) {
        public Proofs {
            proofs = List.copyOf(proofs);
            altered = List.copyOf(altered);
        }
    }

    /**
     * Versions with their receipts, decided and audited as one read.
     *
     * @throws FhirProblem unless the reader may read them all
     */
    public Proofs proofs(String organization, Session session, String address, List<ResourceVersion> versions) {
        return gateway(organization)
                .proofs(
                        new Request(
                                session,
                                address,
                                "GET",
                                RECEIPTS,
                                "",
                                new RestfulInteraction.Operation("", "", RECEIPTS),
                                List.of(),
                                Map.of(),
                                NOTHING),
                        versions);
    }

    /**
     * A page of a search with the receipts of what is on it.
     *
     * @param bundle FHIR Bundle of the type {@code collection}, each resource as it is stored
     * @param receipts of all versions in it; empty for those that the ledger doesn't have yet
     * @param altered those that belong on the page, but are not what was sealed, so that they are withheld
     * @param next target of the page after this one
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record ProvenPage(
            byte[] bundle,
            Map<ResourceVersion, Optional<RecordReceipt>> receipts,
            List<ResourceVersion> altered,
            Optional<String> next) {
        public ProvenPage {
            receipts = Collections.unmodifiableMap(new LinkedHashMap<>(receipts));
            altered = List.copyOf(altered);
        }
    }

    /**
     * Reads a page and the receipts of what is on it, decided and audited as one read.
     *
     * @param target path and query below the organization's FHIR base, percent-encoded
     * @throws FhirProblem where it isn't answered
     */
    public ProvenPage provenPage(String organization, Session session, String address, String target) {
        return gateway(organization).provenPage(request(session, address, target));
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
