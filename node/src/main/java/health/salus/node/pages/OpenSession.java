package health.salus.node.pages;

import java.time.Instant;

/**
 * A session in force, as somebody sees it who may end it.
 *
 * @param id names it to this node; not what its cookie says
 * @param of who signed in, when, and with what
 * @param lastUsed time of the newest request in it
 * @param current whether it is the one that asks
 */
public record OpenSession(String id, PageSession of, Instant lastUsed, boolean current) {}
