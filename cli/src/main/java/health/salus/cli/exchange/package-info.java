/** Commands that go through an organization's gateway: read and verify records, see who read them, hand over terms. */
@NullMarked
package health.salus.cli.exchange;

import org.jspecify.annotations.NullMarked;
