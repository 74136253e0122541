/** What holds of Salus as a whole: the built command line as users run it, and the rules between modules. */
@NullMarked
package health.salus.acceptance;

import org.jspecify.annotations.NullMarked;
