/**
 * What the contracts of all domains are built from: {@link health.salus.contracts.rule.Action} describes what a
 * transaction asks, {@link health.salus.contracts.rule.Rejection} why it is refused,
 * {@link health.salus.contracts.rule.Fields} reads what the state holds.
 */
@NullMarked
package health.salus.contracts.rule;

import org.jspecify.annotations.NullMarked;
