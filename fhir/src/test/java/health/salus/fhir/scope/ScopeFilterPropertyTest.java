package health.salus.fhir.scope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.Scope;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ScopeFilterPropertyTest {
    private static final Scope GRANTED = Scope.of("Observation", "Practitioner");

    @Property(tries = 10_000)
    void whatever_the_server_answers_nothing_outside_the_grant_leaves(@ForAll long seed) {
        RandomAnswers answers = new RandomAnswers(seed);
        ObjectNode answer = answers.answer();

        Filtered filtered = new ScopeFilter(
                        "a",
                        OwnBases.of("https://s.example/fhir"),
                        "https://gate.example/fhir",
                        Interaction.SEARCH,
                        GRANTED::permits)
                .apply(answer);

        String left = filtered.body()
                .map(body -> new String(FhirJson.bytes(body), UTF_8))
                .orElse("");

        answers.mustStay.forEach(marker -> assertThat(left).doesNotContain(marker));
        answers.mayLeave.forEach(marker -> assertThat(left).contains(marker));
        if (!answers.mayLeave.isEmpty() && !answer.path("type").asText().equals("document")) {
            assertThat(left).doesNotContain("LEAK", "77777");
        }
        assertThat(filtered.released()).hasSize(answers.mayLeave.size());
    }
}
