package health.salus.node.gateway;

import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.fhir.ResourceVersion;
import health.salus.node.access.Entitlement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request from outside while it is worked on: whose record it turned out to be about, what was
 * decided, and every version that its answer holds. The audit event is made of it. Not thread-safe.
 */
final class Inquiry {
    private final Request request;
    private final Map<ResourceVersion, Permitted> disclosed = new LinkedHashMap<>();
    private final Set<ResourceVersion> altered = new LinkedHashSet<>();
    private @Nullable Entitlement entitlement;

    Inquiry(Request request) {
        this.request = request;
    }

    Request request() {
        return request;
    }

    void decided(Entitlement decision) {
        entitlement = decision;
    }

    void discloses(ResourceVersion version, Permitted ground) {
        disclosed.put(version, ground);
    }

    /** The last decision; empty where no patient was found. */
    Optional<Entitlement> entitlement() {
        return Optional.ofNullable(entitlement);
    }

    /** What leaves, each version with the ground that lets it. */
    Map<ResourceVersion, Permitted> disclosed() {
        return disclosed;
    }

    void withholds(ResourceVersion version) {
        altered.add(version);
    }

    /** What would leave, were it as it was sealed. */
    Set<ResourceVersion> altered() {
        return altered;
    }
}
