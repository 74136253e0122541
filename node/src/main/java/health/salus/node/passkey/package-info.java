/**
 * Passkeys as the pages use them, whoever they belong to: made ({@link health.salus.node.passkey.PasskeyCreation}), signing in
 * ({@link health.salus.node.passkey.SignInCeremony}), signing transactions ({@link health.salus.node.passkey.Drafts}).
 */
@NullMarked
package health.salus.node.passkey;

import org.jspecify.annotations.NullMarked;
