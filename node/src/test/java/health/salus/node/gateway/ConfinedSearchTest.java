package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedSearchTest {
    private static final String HANDLE = "00112233445566778899aabbccddeeff";

    @ParameterizedTest
    @ValueSource(
            strings = {"patient=", "patient=Patient/", "subject=Patient/", "subject:Patient=", "beneficiary=Patient/"})
    void a_search_names_its_patient_in_each_usual_way(String naming) {
        ConfinedSearch search = search("Observation", naming + HANDLE + "&code=1234-5&_count=7");

        assertThat(search.patient()).isEqualTo(HANDLE);
        assertThat(search.others()).containsExactly(new Parameter("code", "1234-5"));
        assertThat(search.count()).isEqualTo(7);
    }

    @Test
    void a_patient_is_searched_by_its_handle_alone() {
        assertThat(search("Patient", "_id=" + HANDLE).patient()).isEqualTo(HANDLE);
        assertThatThrownBy(() -> search("Patient", "identifier=123")).isInstanceOf(FhirProblem.class);
        assertThatThrownBy(() -> search("Patient", "name=Smith")).isInstanceOf(FhirProblem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=1",
                "patient=" + HANDLE + "," + HANDLE,
                "patient=" + HANDLE + "&patient=" + HANDLE,
                "patient=" + HANDLE + "&subject=Patient/" + HANDLE,
                "patient.name=Smith",
                "subject:Patient.name=Smith",
                "patient:missing=true",
                "patient:not=" + HANDLE,
                "patient=" + HANDLE + "&performer.name=Smith",
                "patient=" + HANDLE + "&performer:Practitioner.name=Smith",
                "patient=" + HANDLE + "&_has:Provenance:target:agent=1",
                "patient=" + HANDLE + "&_summary=count",
                "patient=" + HANDLE + "&_summary=true",
                "patient=" + HANDLE + "&_elements=code",
                "patient=" + HANDLE + "&_filter=code eq 1",
                "patient=" + HANDLE + "&_query=all",
                "patient=" + HANDLE + "&_contained=true",
                "patient=" + HANDLE + "&_content=cancer",
                "patient=" + HANDLE + "&_text=cancer",
                "patient=" + HANDLE + "&_list=1",
                "patient=" + HANDLE + "&_sort=patient.name",
                "patient=" + HANDLE + "&_include=*.*",
                "patient=" + HANDLE + "&_getpages=1",
                "patient=" + HANDLE + "&_type=Patient",
                "patient=" + HANDLE + "&_cursor=x",
            })
    void what_could_ask_about_other_resources_is_refused(String query) {
        assertThatThrownBy(() -> search("Observation", query))
                .isInstanceOfSatisfying(
                        FhirProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void totals_are_never_asked_for_and_includes_are() {
        ConfinedSearch search = search(
                "Observation", "patient=" + HANDLE + "&_total=accurate&_summary=false&_include=Observation:performer");

        assertThat(search.others()).containsExactly(new Parameter("_include", "Observation:performer"));
    }

    @Test
    void a_refusal_does_not_repeat_the_request() {
        assertThatThrownBy(() -> search("Patient", "name=Erika")).message().doesNotContain("Erika");
    }

    private static ConfinedSearch search(String type, String query) {
        return ConfinedSearch.of(type, Parameter.parse(query));
    }
}
