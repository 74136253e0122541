package health.salus.fhir.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import health.salus.foundation.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String STORED = """
            {"resourceType":"Observation","id":"17","meta":{"versionId":"2","lastUpdated":"2026-01-01T00:00:00Z",
            "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R","display":"restricted"},
            {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},
            "text":{"status":"generated","div":"<div>2.00 mmol/l</div>"},
            "subject":{"reference":"Patient/1"},"valueQuantity":{"value":2.00}}""";
    private static final Seal SEAL = Seal.of(resource(STORED), OwnBases.NONE, RANDOM);

    @Test
    void what_was_sealed_matches() {
        assertThat(SEAL.check(resource(STORED), OwnBases.NONE)).isEqualTo(new SealCheck.Matches());
    }

    @ParameterizedTest
    @CsvSource({
        "2.00}, 2.0}, CONTENT",
        "Patient/1, Patient/2, CONTENT",
        "PSY, ETH, LABELS",
        "2.00 mmol/l, 1.00 mmol/l, NARRATIVE",
        "\"17\", \"18\", IDENTITY CONTENT",
        "\"2\", \"3\", IDENTITY",
    })
    void what_was_altered_differs_in_the_part_that_was_altered(String before, String after, String parts) {
        SealCheck check = SEAL.check(resource(STORED.replace(before, after)), OwnBases.NONE);
        Set<Part> expected = new HashSet<>();
        Arrays.stream(parts.split(" ")).map(Part::valueOf).forEach(expected::add);
        assertThat(check).isEqualTo(new SealCheck.Differs(expected));
    }

    @Test
    void what_servers_change_by_themselves_still_matches() {
        String moved = STORED.replace("00:00:00Z", "00:00:00.000Z")
                .replace("\"display\":\"restricted\"", "\"display\":\"Restricted\"")
                .replace("Patient/1", "https://b.example/fhir/Patient/1");
        ObjectNode resource = resource(moved);
        var security = resource.withObject("meta").withArray("security");
        security.add(security.remove(0));
        assertThat(SEAL.check(resource, OwnBases.of("https://b.example/fhir")).matches())
                .isTrue();
    }

    @Test
    void a_deletion_has_a_seal_of_its_own() {
        Seal deletion = Seal.ofDeletion(new ResourceVersion("Observation", "17", "3"), RANDOM);
        assertThat(deletion.isDeletion()).isTrue();
        assertThat(deletion.check(resource(STORED), OwnBases.NONE).matches()).isFalse();
    }

    @Test
    void one_version_sealed_twice_has_two_commitments() {
        Seal again = Seal.of(resource(STORED), OwnBases.NONE, RANDOM);
        assertThat(again.commitment()).isNotEqualTo(SEAL.commitment());
    }

    @Test
    void a_stored_seal_is_read_again_with_the_same_commitment() {
        Seal read = Seal.decode(SEAL.encode());
        assertThat(read).isEqualTo(SEAL);
        assertThat(read.commitment()).isEqualTo(SEAL.commitment());
    }

    @Test
    void a_seal_with_one_member_more_or_less_or_of_another_algorithm_is_refused() {
        String encoded = new String(SEAL.encode(), UTF_8);
        assertThatThrownBy(() -> decode(encoded.replace("\"salt\"", "\"sale\"")))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> decode(encoded.replace("}", ",\"z\":1}"))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> decode(encoded.replace("-exact", ""))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_salt_has_one_spelling() {
        String encoded = new String(SEAL.encode(), UTF_8);
        int last = encoded.indexOf("\"salt\":\"") + 8 + 42; // of 43 characters for 256 bits, it has two to spare
        char stray = (char) (encoded.charAt(last) + 1);
        assertThatThrownBy(() -> decode(encoded.substring(0, last) + stray + encoded.substring(last + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The definition in docs/canonical-form.md, spelled out. */
    @Test
    void the_commitment_is_the_documented_hash() {
        Seal seal = Seal.decode(("{\"algorithm\":\"https://salus.health/canonicalization/json#static-exact\","
                        + "\"content\":\"" + Sha256.of(new byte[] {1}).base64Url() + "\",\"labels\":\""
                        + Sha256.of(new byte[] {2}).base64Url() + "\",\"narrative\":\""
                        + Sha256.of(new byte[] {3}).base64Url() + "\",\"salt\":\""
                        + Sha256.of(new byte[] {4}).base64Url()
                        + "\",\"version\":\"Observation/17/_history/2\"}")
                .getBytes(UTF_8));
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(0);
        input.write(55);
        input.writeBytes("https://salus.health/canonicalization/json#static-exact".getBytes(UTF_8));
        input.writeBytes(Sha256.of(new byte[] {4}).bytes());
        input.write(25);
        input.writeBytes("Observation/17/_history/2".getBytes(UTF_8));
        input.writeBytes(Sha256.of(new byte[] {1}).bytes());
        input.writeBytes(Sha256.of(new byte[] {2}).bytes());
        input.writeBytes(Sha256.of(new byte[] {3}).bytes());
        assertThat(seal.commitment()).isEqualTo(Sha256.of(input.toByteArray()));
    }

    @Test
    void neither_seal_nor_salt_print_what_must_stay_secret() {
        assertThat(SEAL.toString()).isEqualTo("seal of Observation/17/_history/2");
        assertThat(Salt.random(RANDOM).toString()).isEqualTo("salt of 32 bytes");
    }

    private static Seal decode(String json) {
        return Seal.decode(json.getBytes(UTF_8));
    }

    private static ObjectNode resource(String json) {
        return FhirJson.resource(json.getBytes(UTF_8));
    }
}
