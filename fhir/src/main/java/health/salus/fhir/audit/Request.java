package health.salus.fhir.audit;

import java.time.Instant;

/**
 * One HTTP request to a gateway.
 *
 * @param id of the audit event to be: 1 to 64 of A-Z a-z 0-9 - .
 * @param time when it was decided
 * @param interaction code of FHIR's system {@code http://hl7.org/fhir/restful-interaction}, such as {@code search-type}
 * @param line method and target as received: {@code GET Observation?patient=…}
 */
public record Request(String id, Instant time, String interaction, String line, Requester requester) {}
