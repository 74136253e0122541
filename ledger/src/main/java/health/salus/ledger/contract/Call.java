package health.salus.ledger.contract;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.PasskeyAssertion;
import java.time.Instant;
import java.util.Optional;

/**
 * A transaction as its contract sees it; the signature has been verified.
 *
 * @param transaction id of the transaction: SHA-256 of its JWS signing input
 * @param signer key id (certificate or JWK thumbprint) of the key that signed
 * @param passkey how a passkey signed; empty for a plain key, and always for a contract that {@linkplain
 *     Contract#takesPasskeys takes none}
 * @param action one of {@link Contract#actions}
 * @param arguments read them with {@link Arguments}
 * @param time the block's time, whole milliseconds, never before the previous block's
 * @param height the block's height, from 1
 */
public record Call(
        Sha256 transaction,
        Sha256 signer,
        Optional<PasskeyAssertion> passkey,
        String action,
        JsonObject arguments,
        Instant time,
        long height) {}
