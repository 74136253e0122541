package health.salus.node.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Period;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestFormTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HANDLE = "00112233445566778899aabbccddeeff";

    @Test
    void a_preset_asks_for_what_it_says_in_all_ways_of_reading() {
        Terms terms = form("laboratory", List.of(), List.of(), List.of()).terms(RANDOM);

        assertThat(terms.purpose()).isEqualTo(PurposeOfUse.TREAT);
        assertThat(terms.scope().types().keySet()).containsExactly("Observation", "Patient");
        assertThat(terms.scope().types().get("Observation")).containsExactly("laboratory");
        assertThat(terms.scope().interactions()).containsExactly(Interaction.values());
        assertThat(terms.scope().securityLabels()).isEmpty();
        assertThat(terms.scope().period()).isEmpty();
    }

    @Test
    void kinds_chosen_for_oneself_count_only_instead_of_a_preset() {
        List<String> types = List.of("Observation", "Condition");
        List<String> categories = List.of("imaging");

        Terms own = form("own", types, categories, List.of("R", "HIV")).terms(RANDOM);
        assertThat(own.scope().types()).containsOnlyKeys("Observation", "Condition");
        assertThat(own.scope().types().get("Observation")).containsExactly("imaging");
        assertThat(own.scope().types().get("Condition")).isEmpty();
        assertThat(own.scope().securityLabels()).containsExactly("HIV", "R");
        Terms preset = form("medication", types, categories, List.of()).terms(RANDOM);
        assertThat(preset.scope().types()).doesNotContainKey("Observation");
    }

    @ParameterizedTest
    @EnumSource(ScopePreset.class)
    void every_preset_can_be_asked_for(ScopePreset preset) {
        assertThat(form(preset.code(), List.of(), List.of(), List.of())
                        .terms(RANDOM)
                        .scope()
                        .types())
                .isEqualTo(preset.types());
    }

    @Test
    void the_salt_is_new_each_time() {
        RequestForm form = form("overview", List.of(), List.of(), List.of());

        assertThat(form.terms(RANDOM)).isNotEqualTo(form.terms(RANDOM));
    }

    @Test
    void it_begins_now_and_ends_after_the_days() {
        Instant now = Instant.parse("2026-03-01T12:00:00.5Z");

        assertThat(form("overview", List.of(), List.of(), List.of()).period(now))
                .isEqualTo(new Period(Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-31T12:00:00Z")));
    }

    @Test
    void one_end_of_the_days_of_the_data_can_be_left_open() {
        assertThat(days("2026-01-01", "").terms(RANDOM).scope().period().orElseThrow())
                .matches(period -> period.first().equals(LocalDate.of(2026, 1, 1)))
                .matches(period -> period.last().getYear() == 9999);
    }

    @Test
    void what_the_form_does_not_offer_is_refused() {
        refused(form("nothing", List.of(), List.of(), List.of()), form -> form.terms(RANDOM));
        refused(form("own", List.of(), List.of(), List.of()), form -> form.terms(RANDOM));
        refused(form("own", List.of("Claim"), List.of(), List.of()), form -> form.terms(RANDOM));
        refused(form("own", List.of("Observation"), List.of("other"), List.of()), form -> form.terms(RANDOM));
        refused(form("overview", List.of(), List.of(), List.of("N")), form -> form.terms(RANDOM));
        refused(days("2026-02-01", "2026-01-01"), form -> form.terms(RANDOM));
        refused(days("yesterday", ""), form -> form.terms(RANDOM));
        List<String> none = List.of();
        refused(new RequestForm("x", "BTG", "overview", none, none, none, 31, "", ""), RequestForm::handle);
        refused(new RequestForm(HANDLE, "BTG", "overview", none, none, none, 30, "", ""), form -> form.terms(RANDOM));
        refused(
                new RequestForm(HANDLE, "TREAT", "overview", none, none, none, 31, "", ""),
                form -> form.period(Instant.EPOCH));
    }

    private static void refused(RequestForm form, Consumer<RequestForm> use) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> use.accept(form))
                .matches(problem -> problem.status() == 400);
    }

    private static RequestForm form(String preset, List<String> types, List<String> categories, List<String> labels) {
        return new RequestForm(HANDLE, "TREAT", preset, types, categories, labels, 30, "", "");
    }

    private static RequestForm days(String first, String last) {
        return new RequestForm(HANDLE, "TREAT", "overview", List.of(), List.of(), List.of(), 30, first, last);
    }
}
