package health.salus.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.salus.fhir.FhirJsonException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirJsonTest {
    private static final String OBSERVATION =
            "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":2.00},\"status\":\"final\"}";

    @Test
    void what_is_read_is_written_with_the_same_digits_and_order() {
        assertThat(FhirJson.bytes(FhirJson.resource(OBSERVATION.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo(OBSERVATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]]", "{\"resourceType\":\"Patient\"}{}", "{\"resourceType\":\"Patient\",\"a\":01}"})
    void what_is_not_one_json_value_is_malformed(String json) {
        assertThat(refusal(json.getBytes(UTF_8))).isIn(Reason.MALFORMED, Reason.NOT_A_RESOURCE);
    }

    @Test
    void bytes_that_are_not_utf8_are_malformed() {
        byte[] json = "{\"resourceType\":\"P?\"}".getBytes(UTF_8);
        json[json.length - 3] = (byte) 0xff;
        assertThat(refusal(json)).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "{}", "{\"resourceType\":1}"})
    void json_without_a_resource_type_is_no_resource(String json) {
        assertThat(refusal(json.getBytes(UTF_8))).isEqualTo(Reason.NOT_A_RESOURCE);
    }

    @Test
    void a_repeated_name_is_refused() {
        assertThat(refusal("{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}".getBytes(UTF_8)))
                .isEqualTo(Reason.DUPLICATE_NAME);
    }

    @Test
    void deep_nesting_is_refused() {
        String json = "{\"resourceType\":\"Patient\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(refusal(json.getBytes(UTF_8))).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void a_long_number_is_refused() {
        String json = "{\"resourceType\":\"Patient\",\"a\":" + "9".repeat(FhirJson.MAX_DIGITS + 1) + "}";
        assertThat(refusal(json.getBytes(UTF_8))).isEqualTo(Reason.NUMBER_TOO_LONG);
    }

    @Test
    void a_long_text_is_refused() {
        byte[] json = new byte[FhirJson.MAX_BYTES + 1];
        Arrays.fill(json, (byte) ' ');
        assertThat(refusal(json)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void no_message_repeats_content() {
        FhirJsonException refused = catchThrowableOfType(
                FhirJsonException.class, () -> FhirJson.resource("{\"name\":\"Jane Doe\",\"name\":1}".getBytes(UTF_8)));
        assertThat(refused).hasMessageNotContaining("Jane").hasNoCause();
    }

    private static Reason refusal(byte[] json) {
        return catchThrowableOfType(FhirJsonException.class, () -> FhirJson.resource(json))
                .reason();
    }
}
