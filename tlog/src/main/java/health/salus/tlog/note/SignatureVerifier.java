package health.salus.tlog.note;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/** Verifies plain Ed25519 signatures over the text of a note, type 0x01. */
public final class SignatureVerifier implements NoteVerifier {
    private final VerifierKey key;
    private final int id;
    private final PublicKey publicKey;

    SignatureVerifier(VerifierKey key) {
        this.key = key;
        this.id = key.id();
        this.publicKey = Ed25519.publicKeyOf(key.key());
    }

    /** Reads a verifier key of type 0x01. @throws IllegalArgumentException for anything else */
    public static SignatureVerifier of(String vkey) {
        if (NoteVerifier.of(vkey) instanceof SignatureVerifier verifier) {
            return verifier;
        }
        throw new IllegalArgumentException("verifier key of a witness (expected: type 1, Ed25519)");
    }

    /** The verifier called {@code name} of a raw key of 32 bytes. @throws IllegalArgumentException if it is none */
    public static SignatureVerifier of(String name, byte[] key) {
        return new SignatureVerifier(new VerifierKey(name, VerifierKey.ED25519, key.clone()));
    }

    @Override
    public String name() {
        return key.name();
    }

    @Override
    public int keyId() {
        return id;
    }

    @Override
    public boolean verifies(String text, byte[] signature) {
        return Ed25519.verifies(publicKey, text.getBytes(StandardCharsets.UTF_8), signature);
    }

    @Override
    public String vkey() {
        return key.text();
    }

    /** A copy of the 32 bytes of the public key. */
    public byte[] publicKey() {
        return key.key().clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureVerifier that && vkey().equals(that.vkey());
    }

    @Override
    public int hashCode() {
        return vkey().hashCode();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
