package health.salus.node.proof;

import java.util.Map;
import java.util.Optional;

/** The provers of this node by organization. Immutable. */
public record Provers(Map<String, Prover> byOrganization) {
    public Provers {
        byOrganization = Map.copyOf(byOrganization);
    }

    /** The prover of an organization that has a gateway here. */
    public Optional<Prover> find(String organization) {
        return Optional.ofNullable(byOrganization.get(organization));
    }
}
