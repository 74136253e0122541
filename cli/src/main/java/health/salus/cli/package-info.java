/**
 * The {@code salus} command line. {@link health.salus.cli.Salus} is where it starts; {@code console} holds what all
 * commands have in common, {@code client} talks to a node, and each further package is one family of commands.
 *
 * <p>Other modules add commands through {@link health.salus.cli.CommandProvider}.
 */
@NullMarked
package health.salus.cli;

import org.jspecify.annotations.NullMarked;
