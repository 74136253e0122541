/** What the tests of the ledger share: a small network with its contract, its keys and its clock. */
@NullMarked
package health.salus.ledger.testing;

import org.jspecify.annotations.NullMarked;
