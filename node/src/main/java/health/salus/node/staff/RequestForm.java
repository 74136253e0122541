package health.salus.node.staff;

import health.salus.contracts.access.DataPeriod;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Period;
import health.salus.identity.Handle;
import health.salus.node.presentation.RecordKind;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the form says that a request is made of; whatever it doesn't offer is refused.
 *
 * @param patient the patient's handle
 * @param purpose a code of {@link PurposeOfUse}
 * @param preset a code of {@link ScopePreset}, or {@link #OWN}
 * @param types resource types, for {@link #OWN}
 * @param categories those that Observations are restricted to, none for all; for {@link #OWN}
 * @param labels security labels that are asked for beyond the ordinary ones
 * @param days how long
 * @param first first day of the data, or empty
 * @param last last day of the data, or empty
 */
record RequestForm(
        String patient,
        String purpose,
        String preset,
        List<String> types,
        List<String> categories,
        List<String> labels,
        int days,
        String first,
        String last) {
    /** Instead of a preset: what {@code types} and {@code categories} say. */
    static final String OWN = "own";

    static final List<String> CATEGORIES =
            List.of("laboratory", "vital-signs", "imaging", "social-history", "survey", "procedure", "exam");
    static final List<String> LABELS = List.of("R", "V", "ETH", "HIV", "PSY", "SDV");
    static final List<Integer> DAYS = List.of(1, 7, 30, 90, 365);

    private static final String OBSERVATION = "Observation";
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    /** Types that can be chosen one by one: those that the pages can show. */
    static List<String> choice() {
        return Stream.concat(
                        Stream.of("Patient"), Arrays.stream(RecordKind.values()).map(RecordKind::type))
                .toList();
    }

    Handle handle() {
        if (!Handle.isHandle(patient)) {
            throw invalid("patient");
        }
        return new Handle(patient);
    }

    /** The terms, with a new salt. */
    Terms terms(SecureRandom random) {
        Scope scope = new Scope(
                scopeTypes(), new TreeSet<>(only(LABELS, labels)), EnumSet.allOf(Interaction.class), dataPeriod());
        return Terms.of(purposeOfUse(), scope, random);
    }

    /** When it may be used: from {@code now} on. */
    Period period(Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        return new Period(
                from, from.plus(Duration.ofDays(only(DAYS, List.of(days)).getFirst())));
    }

    private SortedMap<String, SortedSet<String>> scopeTypes() {
        if (!preset.equals(OWN)) {
            return ScopePreset.of(preset).orElseThrow(() -> invalid("preset")).types();
        }
        SortedMap<String, SortedSet<String>> chosen = new TreeMap<>();
        only(choice(), types).forEach(type -> chosen.put(type, new TreeSet<>()));
        if (chosen.isEmpty()) {
            throw invalid("types");
        }
        chosen.computeIfPresent(OBSERVATION, (type, none) -> new TreeSet<>(only(CATEGORIES, categories)));
        return chosen;
    }

    private PurposeOfUse purposeOfUse() {
        return Arrays.stream(PurposeOfUse.values())
                .filter(one -> one.name().equals(purpose))
                .findFirst()
                .orElseThrow(() -> invalid("purpose"));
    }

    private Optional<DataPeriod> dataPeriod() {
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DataPeriod(
                    first.isEmpty() ? EARLIEST : LocalDate.parse(first),
                    last.isEmpty() ? LATEST : LocalDate.parse(last)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw invalid("first or last");
        }
    }

    private static <T> List<T> only(List<T> offered, List<T> said) {
        if (!offered.containsAll(said)) {
            throw invalid("choice");
        }
        return said;
    }

    private static Problem invalid(String field) {
        return Problem.of(400, "invalid-argument", field + ": not what the form offers");
    }
}
