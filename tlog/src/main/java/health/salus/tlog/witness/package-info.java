/**
 * The witness rule of c2sp.org/tlog-witness: {@link health.salus.tlog.witness.Witness} cosigns one root per size of a log
 * and never goes back.
 */
@NullMarked
package health.salus.tlog.witness;

import org.jspecify.annotations.NullMarked;
