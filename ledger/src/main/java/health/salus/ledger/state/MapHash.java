package health.salus.ledger.state;

import health.salus.foundation.CryptoProvider;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Hashes of the sparse Merkle map, a binary tree over 256-bit keys, most significant bit first.
 *
 * <ul>
 *   <li>A subtree without a key: 32 zero bytes.
 *   <li>A subtree with exactly one key, at whatever depth: SHA-256(0x00 ‖ key ‖ value), 32 bytes each.
 *   <li>Any other: SHA-256(0x01 ‖ left ‖ right).
 * </ul>
 *
 * What is hashed together lies side by side, and every hash is written to where it belongs. Not thread-safe.
 */
final class MapHash {
    static final int BYTES = 32;

    private final MessageDigest digest = CryptoProvider.sha256();
    private final byte[] input = new byte[1 + 2 * BYTES];

    /** Of the key and the value that begin at {@code from}. */
    void leaf(byte[] pair, int from, byte[] target, int at) {
        hash((byte) 0, pair, from, target, at);
    }

    /** Of the left and the right hash that begin at {@code from}. */
    void node(byte[] pair, int from, byte[] target, int at) {
        hash((byte) 1, pair, from, target, at);
    }

    private void hash(byte kind, byte[] pair, int from, byte[] target, int at) {
        input[0] = kind;
        System.arraycopy(pair, from, input, 1, 2 * BYTES);
        digest.update(input);
        try {
            digest.digest(target, at, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest of SHA-256 has 32 bytes", e);
        }
    }

    static int bit(byte[] key, int depth) {
        return key[depth >> 3] >> (7 - (depth & 7)) & 1;
    }

    static int nibble(byte[] key, int depth) {
        int pair = key[depth >> 1];
        return ((depth & 1) == 0 ? pair >> 4 : pair) & 15;
    }
}
