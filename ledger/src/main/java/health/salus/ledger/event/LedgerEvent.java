package health.salus.ledger.event;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.Event;
import java.time.Instant;

/**
 * An event with where it comes from.
 *
 * @param cursor just before this event
 * @param next just after it: where to resume once it is dealt with
 * @param transaction id of the transaction that made it
 * @param time of the block
 */
public record LedgerEvent(Cursor cursor, Cursor next, Sha256 transaction, Instant time, Event event) {}
