package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.canonical.OwnBases;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whose records a resource is among, by the patient compartment of FHIR R4. */
public final class Compartment {
    private Compartment() {}

    /**
     * Ids of the patients of this server in whose compartments {@code resource} is, in the order in which it names them;
     * none for what is about no patient.
     *
     * @param bases URLs under which the server is known, in references
     */
    public static Set<String> patients(ObjectNode resource, OwnBases bases) {
        String type = resource.path("resourceType").asText();
        if (type.equals("Patient")) {
            return Set.of(resource.path("id").asText());
        }
        PatientReferences references = new PatientReferences(bases);
        Set<String> patients = new LinkedHashSet<>();
        PatientCompartment.references(
                resource, type, reference -> references.patient(reference).ifPresent(patients::add));
        patients.remove(Mentions.UNKNOWN_PATIENT);
        return Collections.unmodifiableSet(patients);
    }
}
