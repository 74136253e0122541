package health.salus.tlog.note;

/** A public key that somebody trusts to sign notes. Immutable, thread-safe, compared by its {@link #vkey}. */
public sealed interface NoteVerifier permits SignatureVerifier, CosignatureVerifier {
    /** Name of the key; of a log's key, by custom, its origin. */
    String name();

    /** Short id that, together with the name, tells which key made a signature. */
    int keyId();

    /** Whether {@code signature}, the bytes after the key id, is this key's over {@code text}. */
    boolean verifies(String text, byte[] signature);

    /** The key as text, {@code name+hex(id)+base64(type || key)}. */
    String vkey();

    /**
     * Reads a verifier key of type Ed25519 (0x01) or Ed25519 cosignature (0x04).
     *
     * @throws IllegalArgumentException for any other text or type
     */
    static NoteVerifier of(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        return switch (key.type()) {
            case VerifierKey.ED25519 -> new SignatureVerifier(key);
            case VerifierKey.COSIGNATURE_V1 -> new CosignatureVerifier(key);
            default ->
                throw new IllegalArgumentException(
                        "verifier key of type " + key.type() + " (expected: 1 Ed25519 or 4 cosignature)");
        };
    }
}
