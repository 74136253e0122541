package health.salus.ledger.transaction;

import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.JwsException;
import health.salus.identity.P256PublicKey;
import health.salus.identity.PasskeyAssertion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A transaction that was read; its signature is only verified by {@link #isSignedBy}. Immutable, equal by its text. */
public final class Transaction {
    /** Longest JWS, in bytes. */
    public static final int MAX_BYTES = 32_768;
    /** The expiry may lie this far after the time of the block. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private final CompactJws jws;
    private final TransactionBody body;

    private Transaction(CompactJws jws, TransactionBody body) {
        this.jws = jws;
        this.body = body;
    }

    /** Reads a compact JWS in ASCII. @throws TransactionException for anything else */
    public static Transaction parse(byte[] jws) {
        try {
            CompactJws read = CompactJws.parse(jws, MAX_BYTES);
            return new Transaction(read, TransactionBody.ofJson(JsonReader.object(read.payload())));
        } catch (JwsException e) {
            throw new TransactionException(refusal(e.reason()), e.getMessage());
        } catch (JsonException e) {
            Refusal refusal = e.notCanonical() ? Refusal.NOT_CANONICAL : Refusal.MALFORMED;
            throw new TransactionException(refusal, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new TransactionException(Refusal.MALFORMED, e.getMessage());
        }
    }

    private static Refusal refusal(JwsException.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> Refusal.TOO_LARGE;
            case BAD_SIGNATURE -> Refusal.BAD_SIGNATURE;
            case MALFORMED, WRONG_HEADER -> Refusal.MALFORMED;
        };
    }

    /** SHA-256 of the JWS signing input. */
    public Sha256 id() {
        return jws.signingInputDigest();
    }

    /** Key id of the key that must have signed. */
    public Sha256 signer() {
        return jws.kid();
    }

    /** How a passkey signed; empty for a plain key. */
    public Optional<PasskeyAssertion> passkey() {
        return jws.passkey();
    }

    /** What was signed. */
    public TransactionBody body() {
        return body;
    }

    /** Whether {@code key} made the signature. */
    public boolean isSignedBy(P256PublicKey key) {
        return jws.verify(key);
    }

    /** The compact JWS in ASCII. */
    public byte[] jws() {
        return jws.compact();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transaction that && jws.equals(that.jws);
    }

    @Override
    public int hashCode() {
        return jws.hashCode();
    }

    /** The compact JWS. */
    @Override
    public String toString() {
        return new String(jws.compact(), StandardCharsets.US_ASCII);
    }
}
