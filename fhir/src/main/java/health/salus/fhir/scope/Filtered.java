package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.ResourceVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is left of a server's answer.
 *
 * @param body what may leave; empty if nothing may, which must look like "not found" from outside
 * @param released the versions in it, in order: what the audit event lists
 * @param withheld how many resources stayed inside; for the own log, never for the requester
 * @param links the server's paging links by relation, taken out of the body since they lead around the filter
 */
public record Filtered(
        Optional<ObjectNode> body, List<ResourceVersion> released, int withheld, Map<String, String> links) {
    public Filtered {
        released = List.copyOf(released);
        links = Map.copyOf(links);
    }
}
