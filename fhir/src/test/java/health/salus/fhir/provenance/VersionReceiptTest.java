package health.salus.fhir.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.R4Validator;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.Part;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TrustPolicy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The record log here holds two entries; the version's is the second. */
class VersionReceiptTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoteSigner LOG = NoteSigner.generate("log.example/hospital", RANDOM);
    private static final TrustPolicy POLICY = TrustPolicy.of(LOG.verifier());
    private static final Sha256 FIRST = MerkleHash.leaf(new byte[] {1});
    private static final String STORED =
            "{\"resourceType\":\"Observation\",\"id\":\"17\",\"meta\":{\"versionId\":\"2\"},\"valueInteger\":5}";
    private static final Seal SEAL = Seal.of(resource(STORED), OwnBases.NONE, RANDOM);
    private static final VersionReceipt RECEIPT = receipt(SEAL);
    private static final ObjectNode PROVENANCE =
            RECEIPT.toProvenance("hospital", Instant.parse("2026-01-01T00:00:00.123456Z"));

    @Test
    void a_version_with_its_receipt_is_shown_to_be_in_the_log() {
        assertThat(RECEIPT.check(resource(STORED), OwnBases.NONE, POLICY)).isInstanceOf(ReceiptCheck.Genuine.class);
    }

    @Test
    void an_altered_version_is_named_altered() {
        assertThat(RECEIPT.check(resource(STORED.replace("5", "6")), OwnBases.NONE, POLICY))
                .isEqualTo(new ReceiptCheck.Altered(EnumSet.of(Part.CONTENT)));
    }

    @Test
    void a_seal_that_the_log_does_not_hold_proves_nothing() {
        Seal forged = Seal.of(resource(STORED.replace("5", "6")), OwnBases.NONE, RANDOM);
        assertThat(new VersionReceipt(forged, RECEIPT.proof())
                        .check(resource(STORED.replace("5", "6")), OwnBases.NONE, POLICY))
                .isInstanceOf(ReceiptCheck.Unproven.class);
    }

    @Test
    void another_logs_signature_proves_nothing() {
        TrustPolicy other = TrustPolicy.of(
                NoteSigner.generate("log.example/hospital", RANDOM).verifier());
        assertThat(RECEIPT.check(resource(STORED), OwnBases.NONE, other)).isInstanceOf(ReceiptCheck.Unproven.class);
    }

    @Test
    void a_receipt_comes_out_of_its_provenance_as_it_went_in() {
        assertThat(VersionReceipt.ofProvenance(PROVENANCE)).isEqualTo(RECEIPT);
    }

    @Test
    void its_provenance_is_valid_fhir_r4_and_points_to_the_version() {
        assertThat(R4Validator.errors(PROVENANCE)).isEmpty();
        assertThat(PROVENANCE.at("/target/0/reference").asText()).isEqualTo("Observation/17/_history/2");
    }

    @Test
    void a_provenance_without_a_receipt_is_refused() {
        assertThatThrownBy(() -> VersionReceipt.ofProvenance(FhirJson.object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static VersionReceipt receipt(Seal seal) {
        RecordEntry entry = new RecordEntry(RecordEntry.Kind.VERSION, seal.commitment());
        Sha256 root = MerkleHash.node(FIRST, MerkleHash.leaf(entry.encode()));
        return new VersionReceipt(
                seal,
                TlogProof.of(
                        new InclusionProof(1, List.of(FIRST)),
                        new Checkpoint(LOG.verifier().name(), new TreeHead(2, root)).sign(LOG)));
    }

    private static ObjectNode resource(String json) {
        return FhirJson.resource(json.getBytes(UTF_8));
    }
}
