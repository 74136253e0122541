package health.salus.fhirserver;

import java.time.Instant;

/**
 * A resource's current version out of the database.
 *
 * @param json in UTF-8, as the server writes it
 * @param modified when the version was made
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredResource(byte[] json, Instant modified) {}
