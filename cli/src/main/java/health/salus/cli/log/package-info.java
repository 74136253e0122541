/**
 * Commands that look into a log, of the ledger or of an organization's records, in a directory or served by a node, and
 * that check receipts. Every byte shown was verified against the log's signed checkpoint.
 */
@NullMarked
package health.salus.cli.log;

import org.jspecify.annotations.NullMarked;
