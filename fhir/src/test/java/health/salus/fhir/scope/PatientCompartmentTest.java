package health.salus.fhir.scope;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PatientCompartmentTest {
    private static final FhirContext R4 = FhirContext.forR4();

    @Test
    void the_table_is_that_of_fhir_r4_as_hapi_has_it() {
        Map<String, Set<String>> hapi = new TreeMap<>();
        for (String type : R4.getResourceTypes()) {
            for (RuntimeSearchParam parameter :
                    R4.getResourceDefinition(type).getSearchParamsForCompartmentName("Patient")) {
                for (String path : parameter.getPath().split("\\|", -1)) {
                    if (!path.matches(".*resolve\\(\\) is (Location|Practitioner|RelatedPerson)\\).*")) {
                        String element = path.strip().replaceAll("\\.where\\(.*\\)", "");
                        hapi.computeIfAbsent(type, t -> new TreeSet<>()).add(element.substring(type.length() + 1));
                    }
                }
            }
        }
        Map<String, Set<String>> ours = new TreeMap<>();
        PatientCompartment.PATHS.forEach((type, paths) -> paths.forEach(
                path -> ours.computeIfAbsent(type, t -> new TreeSet<>()).add(String.join(".", path))));
        assertThat(ours).isEqualTo(hapi);
    }

    @Test
    void shared_types_exist_and_cannot_refer_to_a_patient_by_the_table() {
        assertThat(R4.getResourceTypes()).containsAll(PatientCompartment.SHARED_TYPES);
        assertThat(PatientCompartment.PATHS.keySet()).doesNotContainAnyElementsOf(PatientCompartment.SHARED_TYPES);
    }
}
