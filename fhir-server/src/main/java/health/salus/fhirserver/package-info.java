/**
 * A HAPI FHIR R4 server inside this process, with a Spring context of its own so that it can start while the rest of
 * the node already serves. Start with {@link health.salus.fhirserver.EmbeddedFhirServer}.
 */
@NullMarked
package health.salus.fhirserver;

import org.jspecify.annotations.NullMarked;
