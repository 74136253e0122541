package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.audit.Identifiers;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of who saw what: an AuditEvent in short.
 *
 * @param who organizations and keys that asked
 * @param outcome what became of it, in the custodian's words
 * @param purposes codes of purpose of use
 * @param records versions that were let out
 */
record Disclosure(String time, List<String> who, String outcome, List<String> purposes, List<String> records) {
    static Disclosure of(JsonNode event) {
        List<String> who = new ArrayList<>();
        event.path("agent").forEach(agent -> {
            JsonNode identifier = agent.path("who").path("identifier");
            String system = identifier.path("system").asText();
            if (agent.path("requestor").asBoolean()
                    || (system.equals(Identifiers.ORGANIZATION)
                            && !identifier.equals(
                                    event.path("source").path("observer").path("identifier")))) {
                who.add(identifier.path("value").asText("?"));
            }
        });
        List<String> records = new ArrayList<>();
        event.path("entity").forEach(entity -> {
            if (entity.path("what").has("reference")) {
                records.add(entity.path("what").path("reference").asText());
            }
        });
        return new Disclosure(
                event.path("recorded").asText(),
                who.stream().distinct().toList(),
                event.path("outcomeDesc").asText(),
                event.path("purposeOfEvent").findValuesAsText("code"),
                records);
    }

    /** For people, one line. */
    String line() {
        return time + "  " + String.join(" ", who) + "  " + outcome
                + (purposes.isEmpty() ? "" : "  " + String.join(" ", purposes))
                + (records.isEmpty() ? "" : "  " + String.join(" ", records));
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("time", time)
                .put("who", array(who))
                .put("outcome", outcome)
                .put("purposes", array(purposes))
                .put("records", array(records))
                .build();
    }

    private static JsonArray array(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(JsonString::new).toList());
    }
}
