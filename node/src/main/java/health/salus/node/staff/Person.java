package health.salus.node.staff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who a patient is, as far as it tells one patient from another.
 *
 * @param name empty for none
 * @param birthDate as FHIR has it; empty for none
 * @param gender FHIR code; empty for none
 */
record Person(String name, String birthDate, String gender) {
    static Person of(JsonNode patient) {
        JsonNode name = patient.path("name").path(0);
        StringBuilder whole = new StringBuilder();
        name.path("given").forEach(given -> whole.append(given.asText()).append(' '));
        whole.append(name.path("family").asText());
        return new Person(
                name.path("text").asText(whole.toString().strip()),
                patient.path("birthDate").asText(),
                patient.path("gender").asText());
    }
}
