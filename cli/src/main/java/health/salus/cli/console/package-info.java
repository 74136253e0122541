/**
 * What all commands have in common: exit codes ({@link health.salus.cli.console.ExitCode}), the one-line error
 * ({@link health.salus.cli.console.CommandException}), text or JSON output ({@link health.salus.cli.console.Output})
 * and the progress of long work ({@link health.salus.cli.console.Progress}).
 */
@NullMarked
package health.salus.cli.console;

import org.jspecify.annotations.NullMarked;
