/**
 * The FHIR server behind the gateway, embedded or foreign, as one function from request to response. Start with
 * {@link health.salus.node.backend.FhirBackend}.
 */
@NullMarked
package health.salus.node.backend;

import org.jspecify.annotations.NullMarked;
