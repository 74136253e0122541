/**
 * Events: what contracts tell subscribers. They are not stored; those of a past block are what executing it again gives.
 * {@link health.salus.ledger.event.EventStream} hands them out from any point on.
 */
@NullMarked
package health.salus.ledger.event;

import org.jspecify.annotations.NullMarked;
