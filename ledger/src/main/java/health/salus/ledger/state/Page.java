package health.salus.ledger.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of the sparse Merkle map that is stored under one key: the subtree under a path of whole nibbles, down to its
 * keys ({@link Bucket}) or four levels deep ({@link Branch}). Which of the two it is does not change its hash.
 */
abstract sealed class Page permits Bucket, Branch {
    /** Changed since it was last stored. */
    boolean dirty;

    /** Hash of the subtree; {@code null} where it holds no key. */
    abstract byte @Nullable [] hash();

    /** Whether the subtree holds exactly one key. */
    abstract boolean lone();

    abstract byte[] encode();

    /**
     * A subtree of these keys, not stored yet.
     *
     * @param keys sorted
     * @param depth nibbles that all keys have in common and that lie above this subtree
     */
    static Page of(byte[][] keys, byte[][] values, int depth, MapHash hasher) {
        if (keys.length <= Bucket.MAX_KEYS) {
            Bucket bucket = Bucket.of(keys, values, depth, hasher);
            bucket.dirty = true;
            return bucket;
        }
        Branch branch = new Branch();
        int changed = 0;
        for (int i = 0; i < keys.length; ) {
            int nibble = MapHash.nibble(keys[i], depth);
            int end = i + 1;
            while (end < keys.length && MapHash.nibble(keys[end], depth) == nibble) {
                end++;
            }
            branch.change(
                    nibble,
                    of(Arrays.copyOfRange(keys, i, end), Arrays.copyOfRange(values, i, end), depth + 1, hasher));
            changed |= 1 << nibble;
            i = end;
        }
        branch.rehash(changed, hasher);
        return branch;
    }

    static Page decode(byte[] bytes, int depth, MapHash hasher) {
        try {
            return switch (bytes[0]) {
                case Bucket.TAG -> Bucket.decode(bytes, depth, hasher);
                case Branch.TAG -> Branch.decode(bytes, hasher);
                default -> throw new StateDamagedException("page of unknown kind " + bytes[0]);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new StateDamagedException("page of " + bytes.length + " bytes", e);
        }
    }
}
