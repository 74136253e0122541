/** Commands for a ledger as a whole: verify it offline, export it, keep and restore copies. */
@NullMarked
package health.salus.cli.ledger;

import org.jspecify.annotations.NullMarked;
