package health.salus.node.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** When what a record tells of was, by the same elements that FHIR's searches by date go by. */
public final class RecordTime {
    private static final List<String> ELEMENTS = List.of(
            "effectiveDateTime",
            "effectivePeriod",
            "effectiveInstant",
            "issued",
            "recordedDate",
            "onsetDateTime",
            "authoredOn",
            "occurrenceDateTime",
            "performedDateTime",
            "performedPeriod",
            "period",
            "started",
            "date",
            "dateAsserted");

    private RecordTime() {}

    /** The FHIR date as it is written, of a period its start; empty where there is none. */
    public static String text(JsonNode resource) {
        for (String element : ELEMENTS) {
            JsonNode value = resource.path(element);
            String text = value.isObject() ? value.path("start").asText() : value.asText();
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** The instant, or the first one of a day, month or year, that a FHIR date names; long ago where it is none. */
    public static Instant instant(String date) {
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
}
