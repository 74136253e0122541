/** What tests of other modules need of this one. */
@NullMarked
package health.salus.identity.testing;

import org.jspecify.annotations.NullMarked;
