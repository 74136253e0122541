package health.salus.tlog.note;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** A log's private key: makes plain Ed25519 signatures over the text of a note, type 0x01. Thread-safe. */
public final class NoteSigner {
    private final SigningKey key;
    private final SignatureVerifier verifier;

    private NoteSigner(SigningKey key) {
        this.key = key;
        this.verifier = new SignatureVerifier(key.verifierKey());
    }

    /**
     * A new key.
     *
     * @param name of a log's key, its origin
     */
    public static NoteSigner generate(String name, SecureRandom random) {
        return new NoteSigner(SigningKey.generate(name, VerifierKey.ED25519, random));
    }

    /**
     * The key that 32 secret bytes stand for (RFC 8032 §5.1.5), which can be made before it is known what the log is called.
     *
     * @throws IllegalArgumentException for another number of bytes
     */
    public static NoteSigner ofSeed(String name, byte[] seed) {
        return new NoteSigner(SigningKey.ofSeed(name, VerifierKey.ED25519, seed));
    }

    /** Reads what {@link #secretText} wrote. @throws IllegalArgumentException for anything else, quoting none of it */
    public static NoteSigner parse(String secretText) {
        return new NoteSigner(SigningKey.parse(secretText, VerifierKey.ED25519));
    }

    /** The private key as text, {@code PRIVATE+KEY+name+hex(id)+base64(type || seed)}: a secret, for its key file only. */
    public String secretText() {
        return key.secretText();
    }

    /** The public key. */
    public SignatureVerifier verifier() {
        return verifier;
    }

    /** Signs {@code text}, which ends in a newline. */
    public NoteSignature sign(String text) {
        return new NoteSignature(verifier.name(), verifier.keyId(), key.sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Names the public key and prints nothing of the private one. */
    @Override
    public String toString() {
        return key.toString();
    }
}
