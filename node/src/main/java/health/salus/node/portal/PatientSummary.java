package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import health.salus.node.presentation.RecordItem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an International Patient Summary says of a patient. Of each kind of measurement it has the newest.
 *
 * @param patient the Patient as it is stored
 * @param sections records by section, each as it is stored, the newest first; every section that is required is there
 * @param withheld versions that are missing since they aren't what was sealed
 * @param complete whether all records were looked at
 */
record PatientSummary(
        ObjectNode patient,
        Map<SummarySection, List<JsonNode>> sections,
        List<ResourceVersion> withheld,
        boolean complete) {
    PatientSummary {
        withheld = List.copyOf(withheld);
    }

    /** A section in plain words. */
    record Part(String key, List<RecordItem> items) {}

    /** Sorts records, which come the newest first, into sections. */
    static PatientSummary of(
            ObjectNode patient, List<JsonNode> records, List<ResourceVersion> withheld, boolean complete) {
        Map<SummarySection, List<JsonNode>> sections = new EnumMap<>(SummarySection.class);
        for (SummarySection section : SummarySection.values()) {
            if (section.isRequired()) {
                sections.put(section, new ArrayList<>());
            }
        }
        Set<String> measured = new HashSet<>();
        for (JsonNode resource : records) {
            boolean older = resource.path("resourceType").asText().equals("Observation")
                    && !measured.add(RecordItem.of(resource).title());
            if (!older) {
                SummarySection.of(resource)
                        .ifPresent(section -> sections.computeIfAbsent(section, any -> new ArrayList<>())
                                .add(resource));
            }
        }
        return new PatientSummary(patient, sections, withheld, complete);
    }

    /** For a page. */
    List<Part> parts() {
        return sections.entrySet().stream()
                .map(section -> new Part(
                        section.getKey().key(),
                        section.getValue().stream().map(RecordItem::of).toList()))
                .toList();
    }

    /** Name as it is to be read; empty for none. */
    String name() {
        JsonNode name = patient.path("name").path(0);
        List<String> parts = new ArrayList<>();
        name.path("given").forEach(given -> parts.add(given.asText()));
        parts.add(name.path("family").asText());
        return name.path("text").asText(String.join(" ", parts).strip());
    }

    /** As FHIR has it; empty for none. */
    String birthDate() {
        return patient.path("birthDate").asText();
    }
}
