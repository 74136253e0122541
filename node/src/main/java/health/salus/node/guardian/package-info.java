/**
 * Pages of guardians, under {@code /<organization>/guardian}: who together can give a patient a new key. They see nothing of the
 * patient; start at {@link health.salus.node.guardian.WardPage}.
 */
@NullMarked
package health.salus.node.guardian;

import org.jspecify.annotations.NullMarked;
