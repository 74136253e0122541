package health.salus.fhir.audit;

import java.net.URI;

/**
 * The organization that keeps the records and writes the audit event.
 *
 * @param organization its id in the network
 * @param gateway base URL of its FHIR gateway
 */
public record Custodian(String organization, URI gateway) {}
