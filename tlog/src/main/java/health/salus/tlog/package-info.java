/**
 * A durable transparency log in one directory ({@link health.salus.tlog.TileLog}), laid out as c2sp.org/tlog-tiles
 * describes, and the read-only view of a published one ({@link health.salus.tlog.LogReader}). Both are a
 * {@link health.salus.tlog.ReadableLog}.
 */
@NullMarked
package health.salus.tlog;

import org.jspecify.annotations.NullMarked;
