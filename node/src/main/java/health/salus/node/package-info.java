/** The node of an organization: its doors, its configuration and their wiring. */
@NullMarked
package health.salus.node;

import org.jspecify.annotations.NullMarked;
