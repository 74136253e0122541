package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.ResourceFacts;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets out of a FHIR server's answer only what is of one patient and permitted; {@link Gate} has the rule for one resource.
 * Bundles of search and history results are made anew from the permitted entries; those of a batch keep their positions.
 * A document goes out whole or not at all, since its narrative repeats its entries. Everything else, Binary, Parameters and
 * types unknown to FHIR R4 included, stays inside. Answers about failures too: their texts may tell what exists.
 *
 * <p>Works on the tree it is given: resources that leave are moved, not copied. Thread-safe.
 */
public final class ScopeFilter {
    private final Gate gate;
    private final String publicBase;

    /**
     * @param patient logical id of the patient at the server
     * @param bases URLs under which the server is known, in references
     * @param publicBase base URL that requesters use, without a trailing slash: where {@code fullUrl} leads
     * @param interaction by which the answer goes out
     * @param permits the decision: whether a resource with these facts may leave
     */
    public ScopeFilter(
            String patient,
            OwnBases bases,
            String publicBase,
            Interaction interaction,
            Predicate<ResourceFacts> permits) {
        this.gate = new Gate(patient, new PatientReferences(bases), interaction, permits);
        this.publicBase = publicBase;
    }

    /** Filters one answer: a resource, or a Bundle of results. */
    public Filtered apply(ObjectNode answer) {
        if (answer.path("resourceType").asText().equals("Bundle")) {
            return new BundleFilter(gate, publicBase).apply(answer);
        }
        Optional<ResourceVersion> released = gate.letsOut(answer);
        return new Filtered(
                released.map(version -> answer),
                released.map(List::of).orElse(List.of()),
                released.isPresent() ? 0 : 1,
                Map.of());
    }
}
