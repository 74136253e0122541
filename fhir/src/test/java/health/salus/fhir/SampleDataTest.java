package health.salus.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.canonical.Canonicalization;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleDataTest {
    private static final SampleData DATA = SampleData.in(Path.of("../sample-data/bundles"));

    @Test
    void there_are_20_patients_and_5000_resources_at_least() {
        int resources = 0;
        for (Path bundle : DATA.bundles()) {
            resources += read(bundle).get("entry").size();
        }
        assertThat(DATA.patients()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(resources).isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void every_conditional_reference_finds_what_was_loaded_before() {
        Set<String> known = new HashSet<>();
        for (Path bundle : DATA.bundles()) {
            ObjectNode content = read(bundle);
            for (JsonNode reference : content.findValues("reference")) {
                if (reference.asText().contains("?")) {
                    assertThat(known).contains(reference.asText());
                }
            }
            for (JsonNode entry : content.get("entry")) {
                JsonNode resource = entry.get("resource");
                for (JsonNode identifier : resource.path("identifier")) {
                    known.add(resource.get("resourceType").asText() + "?identifier="
                            + identifier.path("system").asText() + "|"
                            + identifier.path("value").asText());
                }
            }
        }
    }

    @Test
    void every_resource_has_a_canonical_form() {
        for (Path bundle : DATA.bundles()) {
            for (JsonNode entry : read(bundle).get("entry")) {
                assertThat(Canonicalization.STATIC_EXACT.bytes((ObjectNode) entry.get("resource")))
                        .isNotEmpty();
            }
        }
    }

    private static ObjectNode read(Path bundle) {
        return FhirJson.resource(SampleData.read(bundle));
    }
}
