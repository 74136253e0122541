/** Options that several commands share: where the node is, which key signs, which moment is meant. */
@NullMarked
package health.salus.cli.option;

import org.jspecify.annotations.NullMarked;
