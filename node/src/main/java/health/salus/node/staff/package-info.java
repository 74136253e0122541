/** Pages of an organization's staff, under {@code /<organization>/staff}. */
@NullMarked
package health.salus.node.staff;

import org.jspecify.annotations.NullMarked;
