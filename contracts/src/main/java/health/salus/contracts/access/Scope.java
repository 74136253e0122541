package health.salus.contracts.access;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which resources may go out, and by which interactions. Whatever it does not name stays inside.
 *
 * @param types resource types, or {@link #EVERY_TYPE}, each with the categories that it is restricted to; none for all
 * @param securityLabels codes of labels that may go out beside {@link #ORDINARY_LABELS}
 * @param interactions ways of reading, at least one
 * @param period from when the data are, if that is restricted
 */
public record Scope(
        SortedMap<String, SortedSet<String>> types,
        SortedSet<String> securityLabels,
        Set<Interaction> interactions,
        Optional<DataPeriod> period) {
    /** Stands for all types that are not named themselves. */
    public static final String EVERY_TYPE = "*";

    /** Confidentiality of HL7 v3 that needs no mention: unrestricted, low, moderate, normal. */
    public static final Set<String> ORDINARY_LABELS = Set.of("U", "L", "M", "N");

    /** Types of what lasts, rather than happens on a day; a data period does not apply to them. */
    public static final Set<String> UNDATED_TYPES = Set.of(
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "Location",
            "RelatedPerson",
            "Device",
            "Medication",
            "Substance",
            "HealthcareService",
            "Endpoint");

    private static final Codes<Interaction> INTERACTIONS = Codes.of(Interaction.class);
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}|\\*");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,256}");

    public Scope {
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        types.forEach((type, categories) -> copy.put(require(TYPE, type), tokens(categories)));
        types = Collections.unmodifiableSortedMap(copy);
        securityLabels = tokens(securityLabels);
        interactions =
                INTERACTIONS.constants(interactions.stream().map(Codes::code).toList());
        if (types.isEmpty() || interactions.isEmpty()) {
            throw new IllegalArgumentException("scope without types or interactions");
        }
    }

    /** All resources of these types, unless specially protected, by all interactions. */
    public static Scope of(String... types) {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        List.of(types).forEach(type -> all.put(type, Collections.emptySortedSet()));
        return new Scope(all, Collections.emptySortedSet(), EnumSet.allOf(Interaction.class), Optional.empty());
    }

    /** Whether a resource of which these are the facts may go out. */
    public boolean permits(ResourceFacts facts) {
        return interactions.contains(facts.interaction())
                && permitsType(facts)
                && facts.securityLabels().stream()
                        .allMatch(label -> ORDINARY_LABELS.contains(label) || securityLabels.contains(label))
                && permitsDate(facts);
    }

    private boolean permitsType(ResourceFacts facts) {
        Set<String> categories = types.containsKey(facts.type()) ? types.get(facts.type()) : types.get(EVERY_TYPE);
        return categories != null
                && (categories.isEmpty() || facts.categories().stream().anyMatch(categories::contains));
    }

    private boolean permitsDate(ResourceFacts facts) {
        return period.isEmpty()
                || UNDATED_TYPES.contains(facts.type())
                || facts.date().filter(period.get()::contains).isPresent();
    }

    static Scope read(JsonObject value) {
        Fields fields = new Fields(value);
        SortedMap<String, SortedSet<String>> types = new TreeMap<>();
        Fields restrictions = new Fields(fields.object("types"));
        restrictions
                .object()
                .members()
                .keySet()
                .forEach(type -> types.put(type, new TreeSet<>(restrictions.texts(type))));
        return new Scope(
                types,
                new TreeSet<>(fields.texts("labels")),
                INTERACTIONS.constants(fields.texts("interactions")),
                fields.optional("period", fields::object).map(Scope::readPeriod));
    }

    JsonObject write() {
        Json.Builder restrictions = JsonObject.builder();
        types.forEach((type, categories) -> restrictions.put(type, Fields.array(List.copyOf(categories))));
        Json.Builder object = JsonObject.builder()
                .put("types", restrictions.build())
                .put("labels", Fields.array(List.copyOf(securityLabels)))
                .put(
                        "interactions",
                        Fields.array(
                                interactions.stream().map(Codes::code).sorted().toList()));
        period.ifPresent(days -> object.put(
                "period",
                JsonObject.builder()
                        .put("first", days.first().toString())
                        .put("last", days.last().toString())
                        .build()));
        return object.build();
    }

    private static DataPeriod readPeriod(JsonObject value) {
        Fields fields = new Fields(value);
        return new DataPeriod(LocalDate.parse(fields.text("first")), LocalDate.parse(fields.text("last")));
    }

    private static SortedSet<String> tokens(Collection<String> codes) {
        SortedSet<String> tokens = new TreeSet<>();
        codes.forEach(code -> tokens.add(require(TOKEN, code)));
        return Collections.unmodifiableSortedSet(tokens);
    }

    private static String require(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("scope with a malformed type or code (expected: " + pattern + ")");
        }
        return text;
    }
}
