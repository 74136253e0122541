package health.salus.fhir.canonical;

import static health.salus.fhir.canonical.Canonicalization.JSON;
import static health.salus.fhir.canonical.Canonicalization.STATIC;
import static health.salus.fhir.canonical.Canonicalization.STATIC_EXACT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.FhirJsonException.Reason;
import health.salus.fhir.SampleData;
import java.io.IOException;
import java.nio.file.Path;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalizationTest {
    @Test
    void members_are_sorted_and_white_space_goes() {
        assertThat(
                        exact(
                                "{ \"resourceType\" : \"X\", \"b\" : [ 1, true ], \"a\" : { \"d\" : \"\", \"c\" : [ null ] } }"))
                .isEqualTo("{\"a\":{\"c\":[null],\"d\":\"\"},\"b\":[1,true],\"resourceType\":\"X\"}");
    }

    @Test
    void names_are_sorted_by_utf16_code_units_as_in_rfc_8785_section_3_2_3() {
        assertThat(exact(
                        "{\"resourceType\":\"X\",\"\u20ac\":1,\"\\r\":2,\"\ufb33\":3,\"1\":4,\"\ud83d\ude00\":5,\"\u0080\":6,"
                                + "\"\u00f6\":7}"))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"resourceType\":\"X\",\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,"
                        + "\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @CsvSource({
        "2.00, 2.00, 2",
        "2.0, 2.0, 2",
        "1e2, 100, 100",
        "1.50E+1, 15.0, 15",
        "1e-3, 0.001, 0.001",
        "-0.0, 0.0, 0",
        "0.1000000000000000055, 0.1000000000000000055, 0.1",
        "185, 185, 185",
        "9007199254740993, 9007199254740993, 9007199254740992",
        "1e21, 1000000000000000000000, 1e+21"
    })
    void the_exact_form_keeps_the_digits_that_a_double_loses(String literal, String exact, String ecmascript) {
        String json = "{\"resourceType\":\"X\",\"a\":" + literal + "}";
        assertThat(exact(json)).isEqualTo("{\"a\":" + exact + ",\"resourceType\":\"X\"}");
        assertThat(STATIC.bytes(FhirJson.resource(json.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo("{\"a\":" + ecmascript + ",\"resourceType\":\"X\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e999999999999", "1e400"})
    void a_small_literal_cannot_expand_into_a_huge_one(String literal) {
        assertThat(catchThrowableOfType(
                                FhirJsonException.class, () -> exact("{\"resourceType\":\"X\",\"a\":" + literal + "}"))
                        .reason())
                .isEqualTo(Reason.NUMBER_TOO_LONG);
    }

    @Test
    void half_a_surrogate_pair_has_no_canonical_form() {
        assertThat(catchThrowableOfType(
                                FhirJsonException.class, () -> exact("{\"resourceType\":\"X\",\"a\":\"\\ud800\"}"))
                        .reason())
                .isEqualTo(Reason.LONE_SURROGATE);
    }

    @Test
    void narrative_and_meta_of_the_root_are_left_out_and_those_further_in_are_kept() {
        assertThat(exact("{\"resourceType\":\"Bundle\",\"meta\":{\"versionId\":\"1\"},\"text\":{\"div\":\"d\"},"
                        + "\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"meta\":{\"versionId\":\"2\"}}}]}"))
                .isEqualTo("{\"entry\":[{\"resource\":{\"meta\":{\"versionId\":\"2\"},\"resourceType\":\"Patient\"}}],"
                        + "\"resourceType\":\"Bundle\"}");
    }

    @Test
    void references_to_the_server_itself_are_relative_and_keep_their_version() {
        ObjectNode resource = FhirJson.resource(("{\"resourceType\":\"X\",\"a\":{\"reference\":"
                        + "\"https://a.example/fhir/Patient/1/_history/2\"},\"b\":{\"reference\":"
                        + "\"https://a.example/fhirs/Patient/1\"},\"url\":\"https://a.example/fhir/Patient/1\"}")
                .getBytes(UTF_8));
        assertThat(STATIC_EXACT.bytes(resource, OwnBases.of("http://b", "https://a.example/fhir/")))
                .asString(UTF_8)
                .isEqualTo("{\"a\":{\"reference\":\"Patient/1/_history/2\"},\"b\":{\"reference\":"
                        + "\"https://a.example/fhirs/Patient/1\"},\"resourceType\":\"X\","
                        + "\"url\":\"https://a.example/fhir/Patient/1\"}");
    }

    @Test
    void the_plain_form_is_what_another_implementation_of_rfc_8785_writes() throws IOException {
        for (Path bundle :
                SampleData.in(Path.of("../sample-data/bundles")).patients().subList(0, 5)) {
            byte[] json = SampleData.read(bundle);
            assertThat(JSON.bytes(FhirJson.resource(json))).isEqualTo(new JsonCanonicalizer(json).getEncodedUTF8());
        }
    }

    @Test
    void xml_and_json_have_one_form() {
        FhirContext r4 = FhirContext.forR4();
        ObjectNode bundle = FhirJson.resource(SampleData.read(
                SampleData.in(Path.of("../sample-data/bundles")).patients().getFirst()));
        for (JsonNode entry : bundle.get("entry")) {
            ObjectNode json = (ObjectNode) entry.get("resource");
            String xml = r4.newXmlParser()
                    .encodeResourceToString(r4.newJsonParser().parseResource(new String(FhirJson.bytes(json), UTF_8)));
            assertThat(STATIC_EXACT.bytes(FhirXml.resource(xml.getBytes(UTF_8))))
                    .isEqualTo(STATIC_EXACT.bytes(json));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a/>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><invented value=\"1\"/></Patient>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>"
            })
    void xml_that_is_no_resource_is_refused(String xml) {
        assertThat(catchThrowableOfType(FhirJsonException.class, () -> FhirXml.resource(xml.getBytes(UTF_8)))
                        .reason())
                .isEqualTo(Reason.MALFORMED_XML);
    }

    private static String exact(String json) {
        return new String(STATIC_EXACT.bytes(FhirJson.resource(json.getBytes(UTF_8))), UTF_8);
    }
}
