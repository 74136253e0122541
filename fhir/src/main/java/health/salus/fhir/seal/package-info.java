/**
 * Commitments to resource versions: what an organization's record log holds instead of the records. Start at
 * {@link health.salus.fhir.seal.Seal}; normative text in {@code docs/canonical-form.md}.
 */
@NullMarked
package health.salus.fhir.seal;

import org.jspecify.annotations.NullMarked;
