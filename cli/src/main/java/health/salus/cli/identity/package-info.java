/** Commands that make organizations, certificates and patients' keys, and tell the ledger about them. */
@NullMarked
package health.salus.cli.identity;

import org.jspecify.annotations.NullMarked;
