package health.salus.tlog.note;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;

/** A witness's private key: makes timestamped Ed25519 cosignatures of checkpoints, type 0x04. Thread-safe. */
public final class CosignatureSigner {
    private final SigningKey key;
    private final CosignatureVerifier verifier;

    private CosignatureSigner(SigningKey key) {
        this.key = key;
        this.verifier = new CosignatureVerifier(key.verifierKey());
    }

    /** A new key; it must not serve another witness, whose name the signatures would not tell apart. */
    public static CosignatureSigner generate(String name, SecureRandom random) {
        return new CosignatureSigner(SigningKey.generate(name, VerifierKey.COSIGNATURE_V1, random));
    }

    /** As {@link NoteSigner#ofSeed}. */
    public static CosignatureSigner ofSeed(String name, byte[] seed) {
        return new CosignatureSigner(SigningKey.ofSeed(name, VerifierKey.COSIGNATURE_V1, seed));
    }

    /** Reads what {@link #secretText} wrote. @throws IllegalArgumentException for anything else, quoting none of it */
    public static CosignatureSigner parse(String secretText) {
        return new CosignatureSigner(SigningKey.parse(secretText, VerifierKey.COSIGNATURE_V1));
    }

    /** The private key as text, {@code PRIVATE+KEY+name+hex(id)+base64(type || seed)}: a secret, for its key file only. */
    public String secretText() {
        return key.secretText();
    }

    /** The public key. */
    public CosignatureVerifier verifier() {
        return verifier;
    }

    /**
     * Cosigns the text of a checkpoint: states that at {@code time}, to the second, this is the largest consistent tree
     * of its log that the signer has seen. Whether that is so is for the {@code Witness} to check first.
     *
     * @throws IllegalArgumentException if {@code time} is before 1970
     */
    public NoteSignature sign(String text, Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < 0) {
            throw new IllegalArgumentException("cosignature time: " + time + " (expected: 1970 or later)");
        }
        byte[] signature = key.sign(CosignatureVerifier.message(text, seconds));
        byte[] timestamped = ByteBuffer.allocate(CosignatureVerifier.SIGNATURE_BYTES)
                .putLong(seconds)
                .put(signature)
                .array();
        return new NoteSignature(verifier.name(), verifier.keyId(), timestamped);
    }

    /** Names the public key and prints nothing of the private one. */
    @Override
    public String toString() {
        return key.toString();
    }
}
