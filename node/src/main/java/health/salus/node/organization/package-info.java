/**
 * The organizations that live in this node, each with its keys, its FHIR server and its record log. Start with
 * {@link health.salus.node.organization.Organizations}.
 */
@NullMarked
package health.salus.node.organization;

import org.jspecify.annotations.NullMarked;
