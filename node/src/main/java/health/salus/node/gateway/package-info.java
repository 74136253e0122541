/**
 * The FHIR door {@code /{org}/fhir/**}: stands in front of a FHIR server, says who may have what, and lets nothing
 * leave that isn't granted, sealed and audited. Begin with {@code FhirDoor}.
 */
@NullMarked
package health.salus.node.gateway;

import org.jspecify.annotations.NullMarked;
