package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a resource says anywhere in it, found in one walk: which patients it names, which security labels single elements
 * carry, and whether there is a resource where none belongs. Not thread-safe.
 */
final class Mentions {
    /** Stands for a patient that cannot be told from the reference. */
    static final String UNKNOWN_PATIENT = "?";

    private static final String INLINE_LABEL =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label";

    private final PatientReferences references;
    private final Set<String> patients = new TreeSet<>();
    private final Set<String> labels = new TreeSet<>();
    private boolean misplacedResource;

    private Mentions(PatientReferences references) {
        this.references = references;
    }

    /** Looks through {@code resource} but not through what it contains. */
    static Mentions in(ObjectNode resource, PatientReferences references) {
        Mentions mentions = new Mentions(references);
        for (Map.Entry<String, JsonNode> member : resource.properties()) {
            if (!member.getKey().equals("contained")) {
                mentions.walk(member.getValue());
            }
        }
        return mentions;
    }

    private void walk(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("resourceType")) {
                misplacedResource = true;
            }
            references.patient(object).ifPresent(patients::add);
            if (object.path("url").asText().equals(INLINE_LABEL)) {
                labels.add(label(object.path("valueCoding")));
            }
        }
        for (JsonNode child : node) {
            walk(child);
        }
    }

    /** The code of a label; something that no scope permits if it has none. */
    static String label(JsonNode coding) {
        String code = coding.path("code").asText();
        return code.isEmpty() ? "no-code" : code;
    }

    Set<String> patients() {
        return patients;
    }

    Set<String> labels() {
        return labels;
    }

    boolean hasMisplacedResource() {
        return misplacedResource;
    }
}
