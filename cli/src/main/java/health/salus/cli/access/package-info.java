/**
 * Commands of the contract {@code access}: organizations ask, patients decide, clinicians break the glass, and anybody who
 * is shown the terms re-executes a decision.
 */
@NullMarked
package health.salus.cli.access;

import org.jspecify.annotations.NullMarked;
