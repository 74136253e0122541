package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;

/**
 * What a tree is at one size.
 *
 * @param size number of leaves, 0 or more
 * @param root Merkle Tree Hash of those leaves; of an empty tree, the digest of nothing
 */
public record TreeHead(long size, Sha256 root) {
    /** Of the tree without leaves. */
    public static final TreeHead EMPTY = new TreeHead(0, MerkleHash.EMPTY_ROOT);

    public TreeHead {
        if (size < 0) {
            throw new IllegalArgumentException("tree size: " + size + " (expected: 0 or more)");
        }
        if (size == 0 && !root.equals(MerkleHash.EMPTY_ROOT)) {
            throw new IllegalArgumentException("root of an empty tree: " + root + " (expected: the digest of nothing)");
        }
    }
}
