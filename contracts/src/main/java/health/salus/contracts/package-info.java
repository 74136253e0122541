/**
 * The rules of a health network, put together: {@link health.salus.contracts.NetworkRules}. One package for each domain:
 * {@link health.salus.contracts.network members}, {@link health.salus.contracts.access access},
 * {@link health.salus.contracts.records records}.
 */
@NullMarked
package health.salus.contracts;

import org.jspecify.annotations.NullMarked;
