/**
 * Measurements, each against a limit or a peer that is measured in the same run: start at
 * {@link health.salus.bench.BenchCommand}.
 */
@NullMarked
package health.salus.bench;

import org.jspecify.annotations.NullMarked;
