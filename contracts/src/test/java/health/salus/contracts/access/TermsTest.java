package health.salus.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.JsonException;
import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TermsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final LocalDate DAY = LocalDate.of(2025, 6, 1);

    @Test
    void terms_read_back_with_the_same_commitment() {
        Terms terms = Terms.of(PurposeOfUse.TREAT, narrow(), RANDOM);

        Terms read = Terms.read(terms.canonical());

        assertThat(read).isEqualTo(terms);
        assertThat(read.purpose()).isEqualTo(PurposeOfUse.TREAT);
        assertThat(read.scope()).isEqualTo(terms.scope());
    }

    @Test
    void the_commitment_is_the_digest_of_domain_and_canonical_terms() {
        Terms terms = SampleTerms.TREATMENT;

        assertThat(terms.commitment().digest())
                .isEqualTo(Sha256.of("salus-terms-v1\0".getBytes(StandardCharsets.US_ASCII), terms.canonical()));
    }

    @Test
    void the_same_terms_never_have_the_same_commitment() {
        Scope scope = Scope.of("Patient");
        assertThat(Terms.of(PurposeOfUse.TREAT, scope, RANDOM).commitment())
                .isNotEqualTo(Terms.of(PurposeOfUse.TREAT, scope, RANDOM).commitment());
    }

    @Test
    void terms_with_anything_unknown_are_refused() {
        String text = new String(SampleTerms.TREATMENT.canonical(), StandardCharsets.UTF_8);
        for (String other : new String[] {
            text.replace("TREAT", "FUN"),
            text.replace("\"purpose\"", "\"note\":\"x\",\"purpose\""),
            text.replace("\"Patient\":[]", "\"patient\":[]"),
            text.replace("\"read\"", "\"delete\""),
            "{}",
            "[]"
        }) {
            assertThatThrownBy(() -> Terms.read(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void only_named_types_go_out() {
        Scope scope = Scope.of("Observation");
        assertThat(scope.permits(facts("Observation"))).isTrue();
        assertThat(scope.permits(facts("Condition"))).isFalse();
        assertThat(Scope.of(Scope.EVERY_TYPE).permits(facts("Condition"))).isTrue();
    }

    @Test
    void a_type_can_be_restricted_to_categories() {
        Scope scope = narrow();
        assertThat(scope.permits(observation(Set.of("laboratory"), Set.of(), DAY)))
                .isTrue();
        assertThat(scope.permits(observation(Set.of("vital-signs", "laboratory"), Set.of(), DAY)))
                .isTrue();
        assertThat(scope.permits(observation(Set.of("social-history"), Set.of(), DAY)))
                .isFalse();
        assertThat(scope.permits(observation(Set.of(), Set.of(), DAY))).isFalse();
    }

    @Test
    void a_label_beyond_the_ordinary_must_be_named() {
        Scope scope = narrow();
        assertThat(scope.permits(observation(Set.of("laboratory"), Set.of("N"), DAY)))
                .isTrue();
        assertThat(scope.permits(observation(Set.of("laboratory"), Set.of("R"), DAY)))
                .isTrue();
        assertThat(scope.permits(observation(Set.of("laboratory"), Set.of("R", "PSY"), DAY)))
                .isFalse();
        assertThat(Scope.of("Observation").permits(observation(Set.of(), Set.of("V"), DAY)))
                .isFalse();
    }

    @Test
    void a_data_period_holds_back_what_is_older_or_undated() {
        Scope scope = narrow();
        Set<String> laboratory = Set.of("laboratory");
        assertThat(scope.permits(observation(laboratory, Set.of(), LocalDate.of(2025, 1, 1))))
                .isTrue();
        assertThat(scope.permits(observation(laboratory, Set.of(), LocalDate.of(2025, 12, 31))))
                .isTrue();
        assertThat(scope.permits(observation(laboratory, Set.of(), LocalDate.of(2024, 12, 31))))
                .isFalse();
        assertThat(scope.permits(
                        new ResourceFacts("Observation", laboratory, Set.of(), Optional.empty(), Interaction.READ)))
                .isFalse();
        assertThat(scope.permits(facts("Patient")))
                .as("a patient does not happen on a day")
                .isTrue();
    }

    @Test
    void only_named_interactions_are_used() {
        Scope scope = narrow();
        assertThat(scope.permits(
                        new ResourceFacts("Patient", Set.of(), Set.of(), Optional.empty(), Interaction.HISTORY)))
                .isFalse();
    }

    @Test
    void a_scope_of_nothing_or_with_text_is_refused() {
        assertThatThrownBy(() -> Scope.of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scope.of("Jane Doe")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataPeriod(DAY, DAY.minusDays(1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Scope narrow() {
        SortedSet<String> laboratory = new TreeSet<>(Set.of("laboratory"));
        return new Scope(
                new TreeMap<>(Map.of("Observation", laboratory, "Patient", Collections.emptySortedSet())),
                new TreeSet<>(Set.of("R")),
                EnumSet.of(Interaction.READ, Interaction.SEARCH),
                Optional.of(new DataPeriod(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31))));
    }

    private static ResourceFacts facts(String type) {
        return new ResourceFacts(type, Set.of(), Set.of(), Optional.empty(), Interaction.READ);
    }

    private static ResourceFacts observation(Set<String> categories, Set<String> labels, LocalDate date) {
        return new ResourceFacts("Observation", categories, labels, Optional.of(date), Interaction.READ);
    }
}
