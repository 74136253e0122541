/** Runs a node. */
@NullMarked
package health.salus.cli.node;

import org.jspecify.annotations.NullMarked;
