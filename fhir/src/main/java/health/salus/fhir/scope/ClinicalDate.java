package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** When what a resource tells happened, or else when it was recorded. */
final class ClinicalDate {
    /** Elements of FHIR R4 that say so, the first present one counts: first when it happened, then when it was noted. */
    private static final List<String> ELEMENTS = List.of(
            "effectiveDateTime",
            "effectiveInstant",
            "effectivePeriod",
            "performedDateTime",
            "performedPeriod",
            "occurrenceDateTime",
            "occurrencePeriod",
            "occurredDateTime",
            "occurredPeriod",
            "onsetDateTime",
            "onsetPeriod",
            "identifiedDateTime",
            "identifiedPeriod",
            "servicedDate",
            "servicedPeriod",
            "billablePeriod",
            "whenHandedOver",
            "started",
            "start",
            "period",
            "startDate",
            "authoredOn",
            "authored",
            "dateWritten",
            "sent",
            "dateTime",
            "date",
            "createdDateTime",
            "created",
            "recordedDate",
            "recorded",
            "dateAsserted",
            "assertedDate",
            "enteredDate",
            "issued");

    private ClinicalDate() {}

    /** The day as written, in its own time zone; empty if there is none or it is only a month or a year. */
    static Optional<LocalDate> of(JsonNode resource) {
        for (String element : ELEMENTS) {
            JsonNode value = resource.path(element);
            if (!value.isMissingNode()) {
                return day(value.isObject() ? value.path("start").asText() : value.asText());
            }
        }
        JsonNode collection = resource.path("collection"); // Specimen
        return day(collection
                .path("collectedDateTime")
                .asText(collection.path("collectedPeriod").path("start").asText()));
    }

    private static Optional<LocalDate> day(String dateTime) {
        if (dateTime.length() < 10) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(dateTime.substring(0, 10)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
