/**
 * The ledger's doors: transactions in, and everything out that a stranger needs to verify them. The addresses are described
 * by {@code /openapi.yaml}.
 */
@NullMarked
package health.salus.node.ledger;

import org.jspecify.annotations.NullMarked;
