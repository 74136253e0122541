package health.salus.node.gateway;

import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.provenance.VersionReceipt;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.seal.RecordEntry;
import health.salus.node.audit.AuditTrail;
import health.salus.node.proof.Prover;
import health.salus.node.proof.Records;
import health.salus.node.smart.Caller;
import health.salus.tlog.proof.TlogProof;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Hands out receipts of versions and of audit events. A receipt opens a commitment, so only who may read the version gets
 * it; outside the organization that is decided, and audited, like a read of that version. Thread-safe.
 */
final class ReceiptUse {
    private final String organization;
    private final Prover prover;
    private final AuditTrail trail;
    private final InstantSource clock;

    ReceiptUse(String organization, Prover prover, AuditTrail trail, InstantSource clock) {
        this.organization = organization;
        this.clock = clock;
        this.prover = prover;
        this.trail = trail;
    }

    /** Whether there is a receipt yet. */
    sealed interface Outcome {
        /** Here it is. */
        record Ready(RecordReceipt receipt) implements Outcome {}

        /** The record log's head with it isn't on the ledger yet. */
        record NotYet() implements Outcome {}
    }

    /** The receipt of a version that the caller may read. @throws FhirProblem where there is no such version */
    Outcome of(ResourceVersion version) {
        Records.Sealed sealed = prover.records().find(version).orElseThrow(FhirProblem::notFound);
        return outcome(prover.receipts().of(sealed.seal(), RecordEntry.Kind.VERSION, sealed.entry()));
    }

    /** A Provenance with the proof that the record log holds the version. @throws FhirProblem where there is none */
    byte[] provenance(ResourceVersion version) {
        Records.Sealed sealed = prover.records().find(version).orElseThrow(FhirProblem::notFound);
        TlogProof proof = prover.records().proof(sealed.entry());
        return FhirJson.bytes(new VersionReceipt(sealed.seal(), proof).toProvenance(organization, clock.instant()));
    }

    /** The receipt of an audit event. @throws FhirProblem where there is none that the caller may read */
    Outcome ofAuditEvent(Caller caller, String id) {
        AuditTrail.Found found = trail.find(id)
                .filter(one -> AuditQueries.mayRead(caller, one.record().handle()))
                .orElseThrow(FhirProblem::notFound);
        return outcome(prover.receipts().of(found.record().seal(), RecordEntry.Kind.DISCLOSURE, found.entry()));
    }

    private static Outcome outcome(Optional<RecordReceipt> receipt) {
        return receipt.<Outcome>map(Outcome.Ready::new).orElseGet(Outcome.NotYet::new);
    }
}
