package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.ResourceFacts;
import health.salus.fhir.ResourceVersion;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides on one resource. It may leave if all of this holds:
 *
 * <ul>
 *   <li>it has type, id and version, so that the disclosure can be recorded;
 *   <li>it is in the patient's compartment, or of a type that is about no patient;
 *   <li>nothing in it refers to another patient, or to one that cannot be told;
 *   <li>the decision permits it, its labels being all that it, its elements and what it contains carry;
 *   <li>what it contains is about no other patient and permitted as well, or of a type that is about no patient;
 *   <li>there is no further resource hidden in it.
 * </ul>
 */
record Gate(String patient, PatientReferences references, Interaction interaction, Predicate<ResourceFacts> permits) {

    /** The version that may leave, or empty. */
    Optional<ResourceVersion> letsOut(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        Set<String> labels = new TreeSet<>();
        if (!isIdentified(resource) || !isOfPatient(resource, type) || !isClean(resource, labels)) {
            return Optional.empty();
        }
        for (JsonNode contained : resource.path("contained")) {
            if (!(contained instanceof ObjectNode inner) || inner.has("contained") || !isClean(inner, labels)) {
                return Optional.empty();
            }
        }
        if (!permits.test(facts(resource, type, labels))) {
            return Optional.empty();
        }
        for (JsonNode contained : resource.path("contained")) {
            if (!permitsContained(contained, labels)) {
                return Optional.empty();
            }
        }
        return Optional.of(ResourceVersion.of(resource));
    }

    private static boolean isIdentified(ObjectNode resource) {
        try {
            ResourceVersion.of(resource);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOfPatient(ObjectNode resource, String type) {
        if (PatientCompartment.SHARED_TYPES.contains(type)) {
            return true;
        }
        if (type.equals("Patient")) {
            return resource.path("id").asText().equals(patient);
        }
        boolean[] found = {false};
        PatientCompartment.references(
                resource,
                type,
                reference -> found[0] |= references.patient(reference).equals(Optional.of(patient)));
        return found[0];
    }

    /** Collects the labels on the way. */
    private boolean isClean(ObjectNode resource, Set<String> labels) {
        Mentions mentions = Mentions.in(resource, references);
        labels.addAll(mentions.labels());
        resource.path("meta").path("security").forEach(coding -> labels.add(Mentions.label(coding)));
        return !mentions.hasMisplacedResource() && mentions.patients().stream().allMatch(patient::equals);
    }

    /** A contained Patient is nobody that could be told apart, so it stays, and its container with it. */
    private boolean permitsContained(JsonNode contained, Set<String> labels) {
        String type = contained.path("resourceType").asText();
        if (PatientCompartment.SHARED_TYPES.contains(type)) {
            return true;
        }
        return !type.equals("Patient")
                && PatientCompartment.PATHS.containsKey(type)
                && permits.test(facts(contained, type, labels));
    }

    private ResourceFacts facts(JsonNode resource, String type, Set<String> labels) {
        return new ResourceFacts(type, Categories.of(resource), labels, ClinicalDate.of(resource), interaction);
    }
}
