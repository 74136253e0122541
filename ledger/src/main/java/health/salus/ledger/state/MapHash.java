package health.salus.ledger.state;

import health.salus.foundation.CryptoProvider;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of the sparse Merkle map, a binary tree over 256-bit keys, most significant bit first.
 *
 * <ul>
 *   <li>A subtree without a key: 32 zero bytes, here {@code null}.
 *   <li>A subtree with exactly one key, at whatever depth: SHA-256(0x00 ‖ key ‖ value), 32 bytes each.
 *   <li>Any other: SHA-256(0x01 ‖ left ‖ right).
 * </ul>
 *
 * Not thread-safe.
 */
final class MapHash {
    static final int BYTES = 32;

    private static final byte[] EMPTY = new byte[BYTES];

    private final MessageDigest digest = CryptoProvider.sha256();
    private final byte[] input = new byte[1 + 2 * BYTES];

    byte[] leaf(byte[] key, byte[] value) {
        return hash((byte) 0, key, value);
    }

    byte[] node(byte @Nullable [] left, byte @Nullable [] right) {
        return hash((byte) 1, left == null ? EMPTY : left, right == null ? EMPTY : right);
    }

    private byte[] hash(byte kind, byte[] first, byte[] second) {
        input[0] = kind;
        System.arraycopy(first, 0, input, 1, BYTES);
        System.arraycopy(second, 0, input, 1 + BYTES, BYTES);
        return digest.digest(input);
    }

    static int bit(byte[] key, int depth) {
        return key[depth >> 3] >> (7 - (depth & 7)) & 1;
    }

    static int nibble(byte[] key, int depth) {
        int pair = key[depth >> 1];
        return ((depth & 1) == 0 ? pair >> 4 : pair) & 15;
    }
}
