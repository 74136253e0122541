/**
 * {@code salus demo}: a hospital, a clinic and a patient exchange records through a real node, and check everything about
 * it. Start with {@link health.salus.cli.demo.Demo}, which lists the steps.
 */
@NullMarked
package health.salus.cli.demo;

import org.jspecify.annotations.NullMarked;
