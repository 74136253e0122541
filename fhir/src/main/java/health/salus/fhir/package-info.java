/**
 * What FHIR R4 means to Salus, without Spring and without a FHIR server: resources as JSON trees that keep every number as
 * it was written ({@link health.salus.fhir.FhirJson}), canonical forms ({@link health.salus.fhir.canonical}), commitments to
 * versions ({@link health.salus.fhir.seal}), what a grant lets out ({@link health.salus.fhir.scope}), audit events
 * ({@link health.salus.fhir.audit}) and receipts as Provenance ({@link health.salus.fhir.provenance}).
 */
@NullMarked
package health.salus.fhir;

import org.jspecify.annotations.NullMarked;
