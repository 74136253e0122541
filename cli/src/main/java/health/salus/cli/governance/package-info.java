/** Commands by which a network's voters decide, and everybody sees who belongs to it. */
@NullMarked
package health.salus.cli.governance;

import org.jspecify.annotations.NullMarked;
