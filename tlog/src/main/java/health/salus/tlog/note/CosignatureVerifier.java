package health.salus.tlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;

/** Verifies the timestamped Ed25519 cosignatures of one witness, type 0x04 (c2sp.org/tlog-cosignature). */
public final class CosignatureVerifier implements NoteVerifier {
    static final int SIGNATURE_BYTES = Long.BYTES + Ed25519.SIGNATURE_BYTES;

    private final VerifierKey key;
    private final int id;
    private final PublicKey publicKey;

    CosignatureVerifier(VerifierKey key) {
        this.key = key;
        this.id = key.id();
        this.publicKey = Ed25519.publicKeyOf(key.key());
    }

    /** Reads a verifier key of type 0x04. @throws IllegalArgumentException for anything else */
    public static CosignatureVerifier of(String vkey) {
        if (NoteVerifier.of(vkey) instanceof CosignatureVerifier verifier) {
            return verifier;
        }
        throw new IllegalArgumentException("verifier key of a log (expected: type 4, cosignature)");
    }

    /** The verifier called {@code name} of a raw key of 32 bytes. @throws IllegalArgumentException if it is none */
    public static CosignatureVerifier of(String name, byte[] key) {
        return new CosignatureVerifier(new VerifierKey(name, VerifierKey.COSIGNATURE_V1, key.clone()));
    }

    /** What a cosignature signs: a fixed line, the time in seconds since 1970, the whole text of the checkpoint. */
    static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * When the witness made {@code signature}, to the second. Meaningful only after {@link #verifies}.
     *
     * @throws IllegalArgumentException if it isn't the length of a cosignature or its time is beyond 2<sup>63</sup>−1
     */
    public static Instant time(NoteSignature signature) {
        byte[] bytes = signature.signature();
        if (bytes.length != SIGNATURE_BYTES || bytes[0] < 0) {
            throw new IllegalArgumentException("not a cosignature");
        }
        return Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getLong());
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
        if (signature.length != SIGNATURE_BYTES || signature[0] < 0) { // a time beyond 2^63 - 1 looks negative
            return false;
        }
        byte[] message = message(text, ByteBuffer.wrap(signature).getLong());
        return Ed25519.verifies(publicKey, message, Arrays.copyOfRange(signature, Long.BYTES, SIGNATURE_BYTES));
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
        return other instanceof CosignatureVerifier that && vkey().equals(that.vkey());
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
