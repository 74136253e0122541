package health.salus.ledger.state;

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
