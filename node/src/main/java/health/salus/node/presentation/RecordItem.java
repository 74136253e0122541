package health.salus.node.presentation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource in plain words.
 *
 * @param date as FHIR has it; empty for none
 * @param title what it is called; empty where it has no name
 * @param value result with unit; empty for none
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
    private static final List<String> DATES = List.of(
            "effectiveDateTime",
            "effectivePeriod.start",
            "issued",
            "recordedDate",
            "onsetDateTime",
            "authoredOn",
            "occurrenceDateTime",
            "performedDateTime",
            "performedPeriod.start",
            "period.start",
            "started",
            "date");
    private static final List<String> NAMES =
            List.of("code", "medicationCodeableConcept", "vaccineCode", "type", "type.0", "procedureCode.0", "class");

    /** A number with a unit, and what is usual for it where that is known. */
    public record Measured(BigDecimal value, String unit, Optional<BigDecimal> low, Optional<BigDecimal> high) {}

    /** Reads a resource. */
    public static RecordItem of(JsonNode resource) {
        return new RecordItem(
                resource.path("resourceType").asText(),
                resource.path("id").asText(),
                resource.path("meta").path("versionId").asText(),
                first(DATES.stream().map(path -> at(resource, path).asText())),
                first(NAMES.stream().map(path -> concept(at(resource, path)))),
                value(resource),
                range(resource.path("referenceRange").path(0)),
                resource.path("status").asText(concept(resource.path("clinicalStatus"))),
                measured(resource));
    }

    /** When it was; what has no date comes last. */
    public Instant instant() {
        try {
            return switch (date.length()) {
                case 0 -> Instant.EPOCH;
                case 4 -> start(date + "-01-01");
                case 7 -> start(date + "-01");
                case 10 -> start(date);
                default -> OffsetDateTime.parse(date).toInstant();
            };
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static Instant start(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneId.systemDefault()).toInstant();
    }

    private static String value(JsonNode observation) {
        String own = first(Stream.of(
                quantity(observation.path("valueQuantity")),
                concept(observation.path("valueCodeableConcept")),
                observation.path("valueString").asText(),
                observation.path("valueDateTime").asText()));
        if (!own.isEmpty()) {
            return own;
        }
        return observation
                .path("component")
                .valueStream()
                .map(part -> concept(part.path("code")) + " "
                        + first(Stream.of(
                                quantity(part.path("valueQuantity")), concept(part.path("valueCodeableConcept")))))
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
