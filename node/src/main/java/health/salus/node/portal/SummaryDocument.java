package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.node.presentation.RecordItem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/**
 * Writes a summary as the FHIR document of HL7 IPS 2.0: a Bundle with a Composition (LOINC 60591-5), the Patient, the
 * organization that keeps the records, and these as they are stored, so that their receipts still prove them.
 *
 * @param base address of the organization's FHIR base, without a slash at the end
 * @param organization id of the organization
 * @param language of titles and narratives
 */
record SummaryDocument(MessageSource messages, Locale language, String base, String organization) {
    private static final String PROFILES = "http://hl7.org/fhir/uv/ips/StructureDefinition/";
    private static final String LOINC = "http://loinc.org";
    private static final String EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

    /** The document, made {@code now}. */
    ObjectNode of(PatientSummary summary, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String id = UUID.randomUUID().toString();
        ObjectNode bundle = resource("Bundle", "Bundle-uv-ips");
        bundle.put("language", language.getLanguage());
        bundle.putObject("identifier").put("system", "urn:ietf:rfc:3986").put("value", "urn:uuid:" + id);
        bundle.put("type", "document").put("timestamp", time);
        ArrayNode entries = bundle.putArray("entry");
        add(entries, composition(summary, id, time));
        add(entries, summary.patient());
        add(entries, custodian());
        summary.sections().values().forEach(records -> records.forEach(one -> add(entries, one)));
        return bundle;
    }

    private void add(ArrayNode entries, JsonNode resource) {
        entries.addObject().put("fullUrl", base + "/" + reference(resource)).set("resource", resource);
    }

    private ObjectNode composition(PatientSummary summary, String id, String time) {
        ObjectNode composition = resource("Composition", "Composition-uv-ips");
        composition.put("id", id).put("language", language.getLanguage());
        List<String> notes = notes(summary);
        if (!notes.isEmpty()) {
            composition.set("text", narrative(notes));
        }
        composition.put("status", "final").set("type", concept(LOINC, "60591-5"));
        composition.putObject("subject").put("reference", reference(summary.patient()));
        composition.put("date", time);
        composition.putArray("author").addObject().put("reference", "Organization/" + organization);
        composition.put("title", word("summary.title"));
        composition.putObject("custodian").put("reference", "Organization/" + organization);
        ArrayNode sections = composition.putArray("section");
        summary.sections().forEach((section, records) -> sections.add(section(section, records)));
        return composition;
    }

    private List<String> notes(PatientSummary summary) {
        return Stream.of(
                        summary.withheld().isEmpty()
                                ? ""
                                : word("summary.withheld", summary.withheld().size()),
                        summary.complete() ? "" : word("summary.incomplete"))
                .filter(note -> !note.isEmpty())
                .toList();
    }

    private ObjectNode section(SummarySection section, List<JsonNode> records) {
        ObjectNode written = FhirJson.object().put("title", word("summary.section." + section.key()));
        written.set("code", concept(LOINC, section.loinc()));
        if (records.isEmpty()) {
            written.set("text", narrative(List.of(word("summary.none"))));
            written.set("emptyReason", concept(EMPTY_REASON, "unavailable"));
            return written;
        }
        written.set(
                "text",
                narrative(records.stream().map(RecordItem::of).map(this::line).toList()));
        ArrayNode entries = written.putArray("entry");
        records.forEach(one -> entries.addObject().put("reference", reference(one)));
        return written;
    }

    private String line(RecordItem item) {
        String status = messages.getMessage("record.status." + item.status(), null, "", language);
        return Stream.of(
                        item.title().isEmpty() ? word("record." + item.type()) : item.title(),
                        item.value(),
                        status == null ? "" : status,
                        item.date().substring(0, Math.min(10, item.date().length())))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private ObjectNode custodian() {
        return FhirJson.object()
                .put("resourceType", "Organization")
                .put("id", organization)
                .put("name", organization);
    }

    private static ObjectNode resource(String type, String profile) {
        ObjectNode resource = FhirJson.object().put("resourceType", type);
        resource.putObject("meta").putArray("profile").add(PROFILES + profile);
        return resource;
    }

    private static ObjectNode concept(String system, String code) {
        ObjectNode concept = FhirJson.object();
        concept.putArray("coding").addObject().put("system", system).put("code", code);
        return concept;
    }

    private static ObjectNode narrative(List<String> lines) {
        return FhirJson.object()
                .put("status", "generated")
                .put(
                        "div",
                        lines.stream()
                                .map(line -> "<li>" + HtmlUtils.htmlEscape(line, "UTF-8") + "</li>")
                                .collect(Collectors.joining(
                                        "", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><ul>", "</ul></div>")));
    }

    private static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    private String word(String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
