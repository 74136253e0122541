package health.salus.node.gateway;

import java.util.Map;
import java.util.Optional;

/** The gateways of this node by organization. Immutable. */
public record Gateways(Map<String, Gateway> byOrganization) {
    public Gateways {
        byOrganization = Map.copyOf(byOrganization);
    }

    /** The gateway of an organization that has one here. */
    public Optional<Gateway> find(String organization) {
        return Optional.ofNullable(byOrganization.get(organization));
    }
}
