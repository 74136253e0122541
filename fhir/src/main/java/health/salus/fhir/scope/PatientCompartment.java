package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The patient compartment of FHIR R4: which elements of which types say whose a resource is. */
final class PatientCompartment {
    /** Types outside the compartment that are about no patient, and that records refer to. */
    static final Set<String> SHARED_TYPES = Set.of(
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "OrganizationAffiliation",
            "Location",
            "HealthcareService",
            "Endpoint",
            "InsurancePlan",
            "Medication",
            "Substance");

    /** Type to paths, each split at its dots. */
    static final Map<String, List<String[]>> PATHS = read();

    private PatientCompartment() {}

    /** Hands {@code found} each Reference of {@code resource} that may place it in a compartment. */
    static void references(ObjectNode resource, String type, Consumer<JsonNode> found) {
        for (String[] path : PATHS.getOrDefault(type, List.of())) {
            walk(resource, path, 0, found);
        }
    }

    private static void walk(JsonNode node, String[] path, int depth, Consumer<JsonNode> found) {
        if (node.isArray()) {
            node.forEach(element -> walk(element, path, depth, found));
        } else if (depth == path.length) {
            found.accept(node);
        } else {
            walk(node.path(path[depth]), path, depth + 1, found);
        }
    }

    private static Map<String, List<String[]>> read() {
        Map<String, List<String[]>> paths = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(
                        PatientCompartment.class.getResourceAsStream("patient-compartment.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    List<String> words = List.of(line.split(" ", -1));
                    paths.put(
                            words.getFirst(),
                            words.stream()
                                    .skip(1)
                                    .map(path -> path.split("\\.", -1))
                                    .toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the patient compartment", e);
        }
        return paths;
    }
}
