package health.salus.node.presentation;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.audit.Identifiers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An audit event as a page shows it.
 *
 * @param id of the AuditEvent
 * @param who organization that asked; empty for the patient's own keys
 * @param released whether it was answered
 * @param action FHIR code: {@code C}, {@code R}, {@code U}, {@code D} or {@code E}
 * @param what how many versions of each resource type
 * @param purposes codes of HL7 v3 PurposeOfUse, and {@code BTG}
 * @param grant handle of the grant that it was answered under; empty for none
 * @param emergency handle of the emergency access that it was answered under; empty for none
 */
public record Disclosure(
        String id,
        Instant time,
        String who,
        boolean released,
        String action,
        Map<String, Integer> what,
        List<String> purposes,
        String grant,
        String emergency) {
    /** Reads an AuditEvent of this node. */
    public static Disclosure of(JsonNode event) {
        Map<String, Integer> what = new TreeMap<>();
        String grant = "";
        String emergency = "";
        for (JsonNode entity : event.path("entity")) {
            JsonNode subject = entity.path("what");
            String type = subject.path("reference").asText().split("/", 2)[0];
            if (!type.isEmpty()) {
                what.merge(type, 1, Integer::sum);
            }
            String value = subject.path("identifier").path("value").asText();
            switch (subject.path("identifier").path("system").asText()) {
                case Identifiers.GRANT -> grant = value;
                case Identifiers.EMERGENCY -> emergency = value;
                default -> {}
            }
        }
        List<String> purposes = new ArrayList<>();
        event.path("purposeOfEvent")
                .forEach(purpose ->
                        purposes.add(purpose.path("coding").path(0).path("code").asText()));
        return new Disclosure(
                event.path("id").asText(),
                OffsetDateTime.parse(event.path("recorded").asText()).toInstant(),
                who(event),
                event.path("outcome").asText().equals("0"),
                event.path("action").asText(),
                what,
                purposes,
                grant,
                emergency);
    }

    /** The organization among the agents that are machines or providers of who asked, not the custodian's own part. */
    private static String who(JsonNode event) {
        for (JsonNode agent : event.path("agent")) {
            String role = agent.path("type").path("coding").path(0).path("code").asText();
            JsonNode identifier = agent.path("who").path("identifier");
            boolean asks = role.equals("110152") || role.equals("PROV");
            if (asks && identifier.path("system").asText().equals(Identifiers.ORGANIZATION)) {
                return identifier.path("value").asText();
            }
        }
        return "";
    }
}
