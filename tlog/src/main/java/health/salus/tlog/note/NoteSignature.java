package health.salus.tlog.note;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One signature line of a note: which key claims to have signed, and its signature. Immutable, compared by content. */
public final class NoteSignature {
    private static final String DASH = "\u2014 ";

    private final String name;
    private final int keyId;
    private final byte[] signature;

    /**
     * A signature.
     *
     * @param name of the key
     * @param keyId short id of the key
     * @param signature what follows the key id: of an Ed25519 signature 64 bytes, of a cosignature 72
     */
    public NoteSignature(String name, int keyId, byte[] signature) {
        this.name = KeyName.checked(name);
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /**
     * Reads a line without its newline.
     *
     * @throws IllegalArgumentException if it is not an em dash, the name and base64 of at least 5 bytes, each after a space
     */
    public static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new IllegalArgumentException("not a signature line (expected: em dash, name, base64)");
        }
        byte[] bytes = StrictBase64.decode(line.substring(space + 1));
        if (bytes.length <= Integer.BYTES) {
            throw new IllegalArgumentException("signature of " + bytes.length + " bytes (expected: at least 5)");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** The line without its newline; leads back through {@link #parse}. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + " " + StrictBase64.encode(bytes);
    }

    /** Name of the key, as the line claims. */
    public String name() {
        return name;
    }

    /** Short id of the key, as the line claims. */
    public int keyId() {
        return keyId;
    }

    /** A copy of the bytes after the key id. */
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + keyId) + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return line();
    }
}
