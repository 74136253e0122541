package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes random answers of a server and keeps account of what in them may leave for patient {@code a} under a grant of
 * Observation and Practitioner: every resource carries a marker of its own. A resource is tainted by at least one of the
 * things below; the account does not look at the resource again, so it shares nothing with the filter.
 */
final class RandomAnswers {
    final List<String> mayLeave = new ArrayList<>();
    final List<String> mustStay = new ArrayList<>();

    private final Random random;

    RandomAnswers(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode answer() {
        return switch (random.nextInt(6)) {
            case 0 -> resource();
            case 1 -> bundle("batch-response", true);
            case 2 -> bundle("history", false);
            case 3 -> bundle("document", false);
            default -> bundle("searchset", false);
        };
    }

    private ObjectNode bundle(String type, boolean nested) {
        ObjectNode bundle = FhirJson.object();
        bundle.put("resourceType", "Bundle").put("type", type).put("total", 77777);
        bundle.putArray("link").addObject().put("relation", "self").put("url", "https://s.example/fhir?LEAK");
        ArrayNode entries = bundle.putArray("entry");
        for (int i = random.nextInt(6); i >= 0; i--) {
            ObjectNode entry = entries.addObject();
            entry.put("fullUrl", "https://s.example/fhir/LEAK");
            entry.set("resource", nested && random.nextInt(3) == 0 ? bundle("searchset", false) : resource());
            if (random.nextInt(4) == 0) {
                entry.putObject("response")
                        .put("status", "200")
                        .putObject("outcome")
                        .put("diagnostics", "LEAK");
            }
            if (random.nextInt(4) == 0) {
                entry.putObject("request").put("method", "GET").put("url", "Patient?name=LEAK");
            }
        }
        if (type.equals("document") && !mustStay.isEmpty()) { // whole or not at all
            mustStay.addAll(mayLeave);
            mayLeave.clear();
        }
        return bundle;
    }

    private ObjectNode resource() {
        String marker = "marker-" + (mayLeave.size() + mustStay.size()) + "-";
        ObjectNode resource = FhirJson.object();
        boolean shared = random.nextInt(5) == 0;
        resource.put("resourceType", shared ? "Practitioner" : "Observation").put("id", "r" + random.nextInt(1000));
        resource.putObject("meta").put("versionId", "1");
        resource.putObject("code").put("text", marker);
        if (!shared) {
            resource.putObject("subject").put("reference", "Patient/a");
        }
        boolean tainted = random.nextBoolean();
        if (tainted) {
            for (int i = random.nextInt(2); i >= 0; i--) {
                taint(resource);
            }
        } else {
            decorate(resource);
        }
        (tainted ? mustStay : mayLeave).add(marker);
        return resource;
    }

    private void taint(ObjectNode resource) {
        switch (random.nextInt(10)) {
            case 0 -> resource.put("resourceType", "Condition");
            case 1 -> resource.put("resourceType", "Binary");
            case 2 -> resource.putObject("subject").put("reference", "Patient/b");
            case 3 -> resource.putArray("performer").addObject().put("reference", "Patient/b/_history/1");
            case 4 ->
                resource.withObject("meta").putArray("security").addObject().put("code", "R");
            case 5 -> resource.remove("meta");
            case 6 -> deep(resource).put("reference", "https://s.example/fhir/Patient/b");
            case 7 -> deep(resource).put("resourceType", "Observation");
            case 8 -> contained(resource, "Condition").putObject("subject").put("reference", "Patient/a");
            default -> contained(resource, "Observation").putObject("subject").put("reference", "Patient/b");
        }
    }

    private void decorate(ObjectNode resource) {
        switch (random.nextInt(5)) {
            case 0 ->
                resource.withObject("meta").putArray("security").addObject().put("code", "N");
            case 1 -> contained(resource, "Organization").put("name", "a");
            case 2 -> contained(resource, "Observation").putObject("subject").put("reference", "Patient/a");
            case 3 -> deep(resource).put("reference", "https://s.example/fhir/Patient/a");
            default -> resource.put("status", "final");
        }
    }

    private ObjectNode deep(ObjectNode resource) {
        ObjectNode node = resource;
        for (int i = random.nextInt(5); i >= 0; i--) {
            node = random.nextBoolean()
                    ? node.putObject("extension")
                    : node.putArray("component").addArray().addObject();
        }
        return node;
    }

    private static ObjectNode contained(ObjectNode resource, String type) {
        ObjectNode contained = resource.putArray("contained").addObject();
        contained.put("resourceType", type);
        return contained;
    }
}
