/** Commands by which guardians replace a lost key of a patient. */
@NullMarked
package health.salus.cli.recovery;

import org.jspecify.annotations.NullMarked;
