package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.Interaction;
import health.salus.fhir.scope.ScopeFilter;
import health.salus.node.access.Entitlement;
import health.salus.node.smart.SmartScopes;
import java.util.Optional;

/** Says of one resource whether, and on which ground, it may go out to somebody outside. Thread-safe. */
final class Release {
    private final Upstream upstream;
    private final String base;

    /** @param base address of the organization's FHIR base, without a slash at the end */
    Release(Upstream upstream, String base) {
        this.upstream = upstream;
        this.base = base;
    }

    /** The first ground that lets {@code resource} out; one ground must cover all of it. */
    Optional<Permitted> ground(
            ObjectNode resource, Entitlement.Granted granted, SmartScopes scopes, Interaction interaction) {
        String type = resource.path("resourceType").asText();
        if (!scopes.permit(type, verb(interaction))) {
            return Optional.empty();
        }
        return granted.grounds().stream()
                .filter(ground -> new ScopeFilter(
                                granted.patient(),
                                upstream.bases(),
                                base,
                                interaction,
                                facts -> Entitlement.permits(ground.basis(), facts))
                        .apply(resource)
                        .body()
                        .isPresent())
                .findFirst();
    }

    private static char verb(Interaction interaction) {
        return switch (interaction) {
            case READ, VREAD, HISTORY -> 'r';
            case SEARCH, EVERYTHING -> 's';
        };
    }
}
