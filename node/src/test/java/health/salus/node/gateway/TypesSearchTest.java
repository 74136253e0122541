package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesSearchTest {
    @Test
    void each_type_is_searched_by_its_own_date_and_for_no_more_than_a_page_needs() {
        TypesSearch search =
                TypesSearch.of(Parameter.parse("patient=Patient/h1&_type=Observation,Condition&_count=20&_sort=-date"));

        assertThat(search.patient()).isEqualTo("h1");
        assertThat(search.begin("7", false))
                .containsExactly(
                        new Pages.Position("Observation?patient=Patient%2F7&_sort=-date&_count=10", 0),
                        new Pages.Position("Condition?patient=Patient%2F7&_sort=-recorded-date&_count=10", 0));
    }

    @Test
    void one_type_alone_is_asked_for_a_whole_page() {
        assertThat(TypesSearch.of(Parameter.parse("patient=h1&_type=ImagingStudy&_count=20"))
                        .begin("7", true))
                .containsExactly(
                        new Pages.Position("ImagingStudy?patient=Patient%2F7&_sort=-started&_count=20&_offset=0", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "patient=h1",
                "_type=Observation",
                "patient=h1&patient=h2&_type=Observation",
                "patient=h1,h2&_type=Observation",
                "patient=h1&_type=Observation,Observation",
                "patient=h1&_type=Observation,Claim",
                "patient=h1&_type=Observation&_sort=date",
                "patient=h1&_type=Observation&_include=Observation:encounter",
                "patient=h1&_type=Observation&code=x"
            })
    void nothing_else_is_searched_for(String query) {
        assertThatThrownBy(() -> TypesSearch.of(Parameter.parse(query)))
                .isInstanceOf(FhirProblem.class)
                .extracting(problem -> ((FhirProblem) problem).status())
                .isEqualTo(400);
    }
}
