/** Pages of an organization's patients, under {@code /<organization>/portal}. */
@NullMarked
package health.salus.node.portal;

import org.jspecify.annotations.NullMarked;
