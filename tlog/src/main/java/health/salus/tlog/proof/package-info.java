/**
 * Proofs that need no log to check: the tlog-proof file ({@link health.salus.tlog.proof.TlogProof}) and the policy file
 * that says whose signatures are enough ({@link health.salus.tlog.proof.TrustPolicy}).
 */
@NullMarked
package health.salus.tlog.proof;

import org.jspecify.annotations.NullMarked;
