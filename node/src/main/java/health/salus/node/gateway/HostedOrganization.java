package health.salus.node.gateway;

import health.salus.identity.Credential;
import health.salus.node.backend.FhirBackend;
import health.salus.node.records.RecordStore;
import java.nio.file.Path;

/**
 * An organization of this node that keeps records, with the parts that its gateway is built on.
 *
 * @param id its id in the network
 * @param base its address at this node, without a slash at the end: {@code https://node.example/city}
 * @param credential certificate with the attribute {@code gateway}, and its key
 * @param backend its FHIR server
 * @param records its record log with the seals
 * @param directory where the gateway keeps its database and the audit journal
 */
public record HostedOrganization(
        String id, String base, Credential credential, FhirBackend backend, RecordStore records, Path directory) {
    /** Address of its FHIR base. */
    public String fhirBase() {
        return base + "/fhir";
    }
}
