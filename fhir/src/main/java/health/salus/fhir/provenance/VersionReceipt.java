package health.salus.fhir.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.audit.Identifiers;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.Part;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.fhir.seal.SealCheck;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TlogProofCheck;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;

/**
 * Everything that shows, without the custodian, that a resource version is in its record log: the seal that opens the
 * commitment, and the proof that the log holds the commitment. Immutable.
 *
 * @param proof that the log holds {@link #entry}
 */
public record VersionReceipt(Seal seal, TlogProof proof) {
    /** Extension on the signature that carries the seal, base64 of {@link Seal#encode}. */
    public static final String SEAL_EXTENSION = "https://salus.health/fhir/StructureDefinition/seal";

    private static final String SIGNATURE_TYPE = "urn:iso-astm:E1762-95:2013";
    private static final String SOURCE_SIGNATURE = "1.2.840.10065.1.12.1.14";
    private static final String PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    /** The entry whose inclusion the proof is to show. */
    public RecordEntry entry() {
        return new RecordEntry(RecordEntry.Kind.VERSION, seal.commitment());
    }

    /**
     * Checks, offline, that {@code resource} is the version that the record log holds.
     *
     * @param bases URLs under which the storing server appears in references
     * @param policy the log's key, and whose cosignatures are asked for
     */
    public ReceiptCheck check(ObjectNode resource, OwnBases bases, TrustPolicy policy) {
        return switch (seal.check(resource, bases)) {
            case SealCheck.Differs(Set<Part> parts) -> new ReceiptCheck.Altered(parts);
            case SealCheck.Matches matches ->
                switch (proof.check(MerkleHash.leaf(entry().encode()), policy)) {
                    case TlogProofCheck.Refused(String reason) -> new ReceiptCheck.Unproven(reason);
                    case TlogProofCheck.Verified(Checkpoint checkpoint) -> new ReceiptCheck.Genuine(checkpoint);
                };
        };
    }

    /**
     * A FHIR R4 Provenance of the version whose signature is this receipt: {@code data} holds the proof, in which the log's
     * signature is.
     *
     * @param organization id of the custodian in the network
     * @param recorded when the entry was made
     */
    public ObjectNode toProvenance(String organization, Instant recorded) {
        String time = recorded.truncatedTo(ChronoUnit.MILLIS).toString();
        ObjectNode provenance = FhirJson.object().put("resourceType", "Provenance");
        provenance
                .putArray("target")
                .addObject()
                .put("reference", seal.version().toString());
        provenance.put("recorded", time);
        ObjectNode agent = provenance.putArray("agent").addObject();
        agent.putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", PARTICIPANT)
                .put("code", "custodian");
        agent.set("who", Identifiers.organization(organization));
        ObjectNode signature = provenance.putArray("signature").addObject();
        signature
                .putArray("extension")
                .addObject()
                .put("url", SEAL_EXTENSION)
                .put("valueBase64Binary", Base64.getEncoder().encodeToString(seal.encode()));
        signature.putArray("type").addObject().put("system", SIGNATURE_TYPE).put("code", SOURCE_SIGNATURE);
        signature.put("when", time);
        signature.set("who", Identifiers.organization(organization));
        signature.put("targetFormat", "application/fhir+json;canonicalization=" + Canonicalization.STATIC_EXACT.uri());
        signature.put("sigFormat", "text/plain");
        signature.put("data", Base64.getEncoder().encodeToString(proof.encode().getBytes(StandardCharsets.UTF_8)));
        return provenance;
    }

    /**
     * Reads the receipt that a Provenance carries; nothing is checked yet.
     *
     * @throws IllegalArgumentException or {@link health.salus.foundation.JsonException} if it carries none
     */
    public static VersionReceipt ofProvenance(ObjectNode provenance) {
        for (JsonNode signature : provenance.path("signature")) {
            for (JsonNode extension : signature.path("extension")) {
                if (extension.path("url").asText().equals(SEAL_EXTENSION)) {
                    byte[] seal = decode(extension.path("valueBase64Binary"));
                    byte[] proof = decode(signature.path("data"));
                    return new VersionReceipt(
                            Seal.decode(seal), TlogProof.parse(new String(proof, StandardCharsets.UTF_8)));
                }
            }
        }
        throw new IllegalArgumentException("Provenance without a receipt (expected: signature.extension of a seal)");
    }

    private static byte[] decode(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
