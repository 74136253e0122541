package health.salus.node.presentation;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.node.gateway.RecordTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource in plain words.
 *
 * @param date as FHIR has it; empty for none
 * @param title what it is called; empty where it has no name
 * @param value result with unit, dosage, or what else is said of it; empty for none
 * @param range reference range; empty for none
 * @param status FHIR status; empty for none
 */
public record RecordItem(
        String type,
        String id,
        String version,
        String date,
        String title,
        String value,
        String range,
        String status,
        Optional<Measured> measured) {
    private static final List<String> NAMES = List.of(
            "code",
            "medicationCodeableConcept",
            "medicationReference",
            "vaccineCode",
            "description",
            "type",
            "type.0",
            "procedureCode.0",
            "class");
    private static final Pattern CATEGORY = Pattern.compile(" \\([a-z/ ]{4,40}\\)$");

    /** A number with a unit, and what is usual for it where that is known. */
    public record Measured(BigDecimal value, String unit, Optional<BigDecimal> low, Optional<BigDecimal> high) {}

    /** Reads a resource. */
    public static RecordItem of(JsonNode resource) {
        return new RecordItem(
                resource.path("resourceType").asText(),
                resource.path("id").asText(),
                resource.path("meta").path("versionId").asText(),
                RecordTime.text(resource),
                plain(first(NAMES.stream().map(path -> concept(at(resource, path))))),
                value(resource),
                range(resource.path("referenceRange").path(0)),
                resource.path("status").asText(code(resource.path("clinicalStatus"))),
                measured(resource));
    }

    /** When it was; what has no date was long ago. */
    public Instant instant() {
        return RecordTime.instant(date);
    }

    private static String value(JsonNode resource) {
        return switch (resource.path("resourceType").asText()) {
            case "Observation" -> observed(resource);
            case "DiagnosticReport" -> resource.path("conclusion").asText();
            case "MedicationRequest" ->
                listed(
                        resource.path("dosageInstruction"),
                        dosage -> dosage.path("text").asText());
            case "MedicationStatement" ->
                listed(resource.path("dosage"), dosage -> dosage.path("text").asText());
            case "AllergyIntolerance" ->
                listed(
                        resource.path("reaction"),
                        reaction -> concept(reaction.path("manifestation").path(0)));
            case "ImagingStudy" ->
                listed(
                        resource.path("series"),
                        series -> concept(series.path("modality")) + " " + concept(series.path("bodySite")));
            default -> "";
        };
    }

    private static String observed(JsonNode observation) {
        String own = first(Stream.of(
                quantity(observation.path("valueQuantity")),
                plain(concept(observation.path("valueCodeableConcept"))),
                observation.path("valueString").asText(),
                observation.path("valueDateTime").asText()));
        return own.isEmpty()
                ? listed(
                        observation.path("component"),
                        part -> concept(part.path("code")) + " "
                                + first(Stream.of(
                                        quantity(part.path("valueQuantity")),
                                        concept(part.path("valueCodeableConcept")))))
                : own;
    }

    private static String listed(JsonNode elements, Function<JsonNode, String> text) {
        return elements.valueStream()
                .map(element -> plain(text.apply(element).strip()))
                .filter(one -> !one.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static Optional<Measured> measured(JsonNode observation) {
        JsonNode quantity = observation.path("valueQuantity");
        if (!quantity.path("value").isNumber()) {
            return Optional.empty();
        }
        JsonNode range = observation.path("referenceRange").path(0);
        return Optional.of(new Measured(
                quantity.path("value").decimalValue(),
                quantity.path("unit").asText(),
                number(range.path("low").path("value")),
                number(range.path("high").path("value"))));
    }

    private static Optional<BigDecimal> number(JsonNode value) {
        return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
    }

    private static String range(JsonNode range) {
        if (range.hasNonNull("text")) {
            return range.path("text").asText();
        }
        String low = quantity(range.path("low"));
        String high = quantity(range.path("high"));
        return low.isEmpty() && high.isEmpty() ? "" : low + " – " + high;
    }

    private static String quantity(JsonNode quantity) {
        return quantity.has("value")
                ? (quantity.path("comparator").asText() + quantity.path("value").asText() + " "
                                + quantity.path("unit")
                                        .asText(quantity.path("code").asText()))
                        .strip()
                : "";
    }

    private static String concept(JsonNode concept) {
        return first(Stream.of(
                concept.path("text").asText(),
                concept.path("coding").path(0).path("display").asText(),
                concept.path("coding").path(0).path("code").asText(),
                concept.path("display").asText()));
    }

    /** A display without the category that SNOMED CT ends full names with, as in {@code Otitis media (disorder)}. */
    private static String plain(String display) {
        return CATEGORY.matcher(display).replaceFirst("");
    }

    /** The first code; for a plain coding its own. */
    private static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asText();
    }

    private static JsonNode at(JsonNode resource, String path) {
        JsonNode found = resource;
        for (String step : path.split("\\.", -1)) {
            found = step.equals("0") ? found.path(0) : found.path(step);
        }
        return found;
    }

    private static String first(Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty()).findFirst().orElse("");
    }
}
