package health.salus.tlog.merkle;

import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Computes leaf and node hashes (RFC 9162 §2.1.1) from byte arrays into byte arrays, for loops over many of them.
 *
 * <p>Holds one digest and is not thread-safe; {@link MerkleHash} is the convenient form.
 */
public final class TreeHasher {
    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest digest = CryptoProvider.sha256();

    /** Writes {@code SHA-256(0x00 || entry)} of {@code length} bytes from {@code offset} to {@code target}. */
    public void leaf(byte[] entry, int offset, int length, byte[] target, int targetOffset) {
        digest.update(LEAF);
        digest.update(entry, offset, length);
        finish(target, targetOffset);
    }

    /** Writes {@code SHA-256(0x01 || left || right)} to {@code target}, which may be either input. */
    public void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] target, int targetOffset) {
        digest.update(NODE);
        digest.update(left, leftOffset, Sha256.BYTES);
        digest.update(right, rightOffset, Sha256.BYTES);
        finish(target, targetOffset);
    }

    private void finish(byte[] target, int offset) {
        try {
            digest.digest(target, offset, Sha256.BYTES);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for 32 bytes at offset " + offset, e);
        }
    }
}
