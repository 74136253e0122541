/**
 * Verifying a whole ledger offline: {@link health.salus.ledger.verify.LedgerVerifier} executes it from its first entry and
 * compares everything that is written with what comes out; {@link health.salus.ledger.verify.FinalityProof} says how far
 * witnesses vouch for it.
 */
@NullMarked
package health.salus.ledger.verify;

import org.jspecify.annotations.NullMarked;
