package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A patient's audit events, as the gateway lists them to the patient. */
record AuditList(List<ObjectNode> events) {
    /** Beyond this, the index is taken to have caught up. */
    private static final Duration INDEXED = Duration.ofSeconds(1);

    /** Fetches them; those of this moment follow soon, so it waits that long. */
    static AuditList fetch(Stage stage, DemoPatient patient) throws InterruptedException {
        Thread.sleep(INDEXED);
        return new AuditList(stage.wire()
                .get("/hospital/fhir/AuditEvent?patient=" + patient.handle(), patient.caller())
                .expect(200)
                .resources());
    }

    int size() {
        return events.size();
    }

    /** How often {@code organization} was answered. */
    long disclosedTo(String organization) {
        return count(organization, "0");
    }

    /** How often {@code organization} was refused. */
    long refusedTo(String organization) {
        return count(organization, "8");
    }

    /** How many answers to {@code organization} were given in an emergency. */
    long emergencies(String organization) {
        return events.stream()
                .filter(event -> isBy(event, organization))
                .filter(event ->
                        event.path("purposeOfEvent").findValuesAsText("code").contains("BTG"))
                .count();
    }

    /** What happened, one line for each kind: who, what became of it, why, how often. */
    List<String> lines() {
        SortedMap<String, Integer> kinds = new TreeMap<>();
        for (ObjectNode event : events) {
            String why = String.join(" ", event.path("purposeOfEvent").findValuesAsText("code"));
            String kind = (isBy(event, "clinic") ? "clinic" : "others") + ": "
                    + event.path("outcomeDesc").asText() + (why.isEmpty() ? "" : ", purpose " + why);
            kinds.merge(kind, 1, Integer::sum);
        }
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " (" + kind.getValue() + " times)")
                .toList();
    }

    private long count(String organization, String outcome) {
        return events.stream()
                .filter(event -> isBy(event, organization)
                        && event.path("outcome").asText().equals(outcome))
                .count();
    }

    private static boolean isBy(JsonNode event, String organization) {
        return event.path("agent").findValuesAsText("value").contains(organization);
    }
}
