package health.salus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.SampleData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One bundle of the sample data: a patient with everything recorded about them, or what those refer to. */
record Sample(ObjectNode bundle) {
    /** All of them, in the order in which a server takes them. */
    static List<Sample> all() {
        String home = System.getProperty("salus.home", "");
        if (home.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "no sample data (expected: in sample-data of a checkout; run ./salus demo there)");
        }
        List<Sample> samples = new ArrayList<>();
        for (Path file : SampleData.in(Path.of(home, "sample-data", "bundles")).bundles()) {
            samples.add(new Sample(FhirJson.resource(SampleData.read(file))));
        }
        return samples;
    }

    /** How many resources it has. */
    int size() {
        return bundle.path("entry").size();
    }

    /** How many of them are results of the laboratory. */
    long laboratoryResults() {
        return resources("Observation").stream().filter(Sample::isLaboratory).count();
    }

    /** Whether a resource puts itself in the category {@code laboratory}. */
    static boolean isLaboratory(JsonNode resource) {
        return resource.path("category").findValuesAsText("code").contains("laboratory");
    }

    /** Whether it is about a patient who lives. */
    boolean isOfLivingPatient() {
        return resources("Patient").stream().anyMatch(patient -> !patient.has("deceasedDateTime"));
    }

    /** Whether it is about a patient. */
    boolean isOfPatient() {
        return !resources("Patient").isEmpty();
    }

    private List<JsonNode> resources(String type) {
        List<JsonNode> resources = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("resource").path("resourceType").asText().equals(type)) {
                resources.add(entry.path("resource"));
            }
        }
        return resources;
    }

    /** Names, identifiers, dates of birth, addresses and telephone numbers of its patient. */
    Set<String> personalData() {
        Set<String> data = new TreeSet<>();
        for (JsonNode patient : resources("Patient")) {
            data.add(patient.path("birthDate").asText());
            patient.path("name").forEach(name -> {
                data.add(name.path("family").asText());
                name.path("given").forEach(given -> data.add(given.asText()));
            });
            patient.path("identifier").forEach(one -> data.add(one.path("value").asText()));
            patient.path("telecom").forEach(one -> data.add(one.path("value").asText()));
            patient.path("address").forEach(one -> one.path("line").forEach(line -> data.add(line.asText())));
        }
        data.remove("");
        return data;
    }

    /** Id of the patient, from the answer to the bundle as a transaction. */
    static String patientId(JsonNode response) {
        for (JsonNode entry : response.path("entry")) {
            String[] location = entry.path("response").path("location").asText().split("/", -1);
            for (int i = 0; i + 1 < location.length; i++) {
                if (location[i].equals("Patient")) {
                    return location[i + 1];
                }
            }
        }
        throw new StepFailedException("no Patient in the answer to a transaction with one");
    }
}
