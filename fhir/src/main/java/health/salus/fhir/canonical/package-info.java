/**
 * Canonical forms of a resource: bytes to hash and to sign. Start at
 * {@link health.salus.fhir.canonical.Canonicalization}; normative text in {@code docs/canonical-form.md}.
 */
@NullMarked
package health.salus.fhir.canonical;

import org.jspecify.annotations.NullMarked;
