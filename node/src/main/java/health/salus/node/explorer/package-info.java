/**
 * The explorer: what is on the ledger, as pages for anybody who may read the ledger's doors. Start at
 * {@link health.salus.node.explorer.BlockPages}; pages show what programs get from {@code health.salus.node.ledger}, and
 * link to it.
 */
@NullMarked
package health.salus.node.explorer;

import org.jspecify.annotations.NullMarked;
