/**
 * What may leave under a decision: {@link health.salus.fhir.scope.ScopeFilter} takes a server's answer and lets through
 * only what is of one patient and permitted. Whatever it does not understand stays inside.
 */
@NullMarked
package health.salus.fhir.scope;

import org.jspecify.annotations.NullMarked;
