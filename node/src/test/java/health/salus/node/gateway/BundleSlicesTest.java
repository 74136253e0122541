package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleSlicesTest {
    private static final String RESOURCE = "{ \"resourceType\":\"Observation\", \"id\":\"1\", \"valueQuantity\" :"
            + " {\"value\":2.00,\"unit\":\"µg\\u002fl\"} }";

    @Test
    void resources_keep_their_bytes() {
        BundleSlices bundle = BundleSlices.of(utf8("{\"resourceType\":\"Bundle\",\"id\":\"x\",\"type\":\"searchset\","
                + "\"total\":3,\"link\":[{\"relation\":\"next\",\"url\":\"http://a/b\"}],\"entry\":[{\"fullUrl\":\"µ\","
                + "\"resource\":" + RESOURCE + ",\"search\":{\"mode\":\"match\"}}]}"));

        assertThat(bundle.type()).isEqualTo("searchset");
        assertThat(bundle.total()).isEqualTo(3);
        assertThat(bundle.links()).isEqualTo(Map.of("next", "http://a/b"));
        assertThat(bundle.entries()).hasSize(1);
        assertThat(bundle.entries().getFirst().resource()).isEqualTo(utf8(RESOURCE));
    }

    @Test
    void a_bundle_put_together_again_has_the_same_resources_and_no_total() {
        BundleSlices.Entry entry = new BundleSlices.Entry("http://g/Observation/1", utf8(RESOURCE), null, null, null);

        byte[] written = BundleWriter.write("searchset", null, Map.of(), List.of(entry));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains(RESOURCE)
                .doesNotContain("total");
        assertThat(BundleSlices.of(written).entries().getFirst().resource()).isEqualTo(utf8(RESOURCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Bundle\",\"entry\":{}}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":1}]}",
                "{\"resourceType\":\"Bundle\",\"entry\":[",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"type\":\"transaction\"}",
            })
    void anything_else_is_refused(String json) {
        assertThatThrownBy(() -> BundleSlices.of(utf8(json))).isInstanceOf(FhirProblem.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
