/** Signing, submitting and looking up transactions; other commands sign theirs with what is here. */
@NullMarked
package health.salus.cli.transaction;

import org.jspecify.annotations.NullMarked;
