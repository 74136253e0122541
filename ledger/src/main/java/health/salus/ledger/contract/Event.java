package health.salus.ledger.contract;

import health.salus.foundation.Json.JsonObject;

/**
 * Something that subscribers may want to know; derived from the log, not part of it.
 *
 * @param type for example {@code access.approved}
 * @param data handles, codes, digests, times; never anything personal
 */
public record Event(String type, JsonObject data) {}
