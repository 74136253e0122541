package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.node.gateway.RestfulInteraction.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLineTest {
    @Test
    void every_interaction_of_fhir_is_recognised() {
        assertThat(RequestLine.parse("GET", "metadata")).isEqualTo(new RestfulInteraction.Capabilities());
        assertThat(RequestLine.parse("GET", "Patient/7")).isEqualTo(new RestfulInteraction.Read("Patient", "7"));
        assertThat(RequestLine.parse("HEAD", "/Patient/7")).isEqualTo(new RestfulInteraction.Read("Patient", "7"));
        assertThat(RequestLine.parse("GET", "Patient/7/_history/2"))
                .isEqualTo(new RestfulInteraction.VersionRead("Patient", "7", "2"));
        assertThat(RequestLine.parse("GET", "Patient/7/_history"))
                .isEqualTo(new RestfulInteraction.InstanceHistory("Patient", "7"));
        assertThat(RequestLine.parse("GET", "Patient/_history")).isEqualTo(new RestfulInteraction.WideHistory());
        assertThat(RequestLine.parse("GET", "_history")).isEqualTo(new RestfulInteraction.WideHistory());
        assertThat(RequestLine.parse("GET", "Observation")).isEqualTo(new RestfulInteraction.Search("Observation"));
        assertThat(RequestLine.parse("POST", "Observation/_search"))
                .isEqualTo(new RestfulInteraction.Search("Observation"));
        assertThat(RequestLine.parse("GET", "")).isEqualTo(new RestfulInteraction.SystemSearch());
        assertThat(RequestLine.parse("POST", "")).isEqualTo(new RestfulInteraction.Bundle());
        assertThat(RequestLine.parse("GET", "Patient/7/$everything"))
                .isEqualTo(new RestfulInteraction.Operation("Patient", "7", "$everything"));
        assertThat(RequestLine.parse("POST", "Observation"))
                .isEqualTo(new RestfulInteraction.Write(Verb.CREATE, "Observation", ""));
        assertThat(RequestLine.parse("PUT", "Observation/1"))
                .isEqualTo(new RestfulInteraction.Write(Verb.UPDATE, "Observation", "1"));
        assertThat(RequestLine.parse("PATCH", "Observation"))
                .isEqualTo(new RestfulInteraction.Write(Verb.PATCH, "Observation", ""));
        assertThat(RequestLine.parse("DELETE", "Observation/1"))
                .isEqualTo(new RestfulInteraction.Write(Verb.DELETE, "Observation", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, patient/7",
        "GET, Patient//7",
        "GET, Patient/7/",
        "GET, Patient/7/_history/1/2",
        "GET, Patient/7/Observation",
        "GET, Patient/..",
        "GET, Patient/.",
        "GET, Patient/a..b",
        "GET, Patient/7/_history/..",
        "GET, Patient/%2e%2e",
        "GET, Patient/7;x=1",
        "GET, $EXPUNGE",
        "GET, $meta-add/7/8/9",
        "POST, Patient/7",
        "PUT, ''",
        "TRACE, Patient/7",
    })
    void whatever_fhir_does_not_define_is_refused(String method, String path) {
        assertThatThrownBy(() -> RequestLine.parse(method, path)).isInstanceOf(FhirProblem.class);
    }
}
