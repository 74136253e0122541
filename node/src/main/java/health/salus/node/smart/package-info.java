/**
 * Who asks: SMART App Launch 2.0 "Backend Services" at {@code /{org}/token}. A client proves possession of a key that
 * the ledger knows and receives a short-lived access token bound to it. Begin with
 * {@link health.salus.node.smart.TokenDoor}.
 */
@NullMarked
package health.salus.node.smart;

import org.jspecify.annotations.NullMarked;
