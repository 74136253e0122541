package health.salus.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirSyntaxTest {
    private static final String LETTERS = "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "PractitionerRole", "Ab", LETTERS})
    void types(String text) {
        assertThat(FhirSyntax.isType(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "patient", "Patient1", "Pat ient", "Patient/", "P\u00e4tient", "@b", "[b", LETTERS + "m"
            })
    void no_types(String text) {
        assertThat(FhirSyntax.isType(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "a", "Z", "0-9.aZ", "..", LETTERS})
    void ids(String text) {
        assertThat(FhirSyntax.isId(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a_b", "a/b", "a,b", "\u0661", "a:", "a@", "a`", "a{", LETTERS + "m"})
    void no_ids(String text) {
        assertThat(FhirSyntax.isId(text)).isFalse();
    }
}
