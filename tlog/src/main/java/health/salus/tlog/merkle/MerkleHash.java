package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;

/** The three kinds of hash in a Merkle tree (RFC 9162 §2.1.1), kept apart by their first byte. */
public final class MerkleHash {
    /** Root of the tree without leaves: the digest of nothing. */
    public static final Sha256 EMPTY_ROOT = Sha256.of();

    private static final byte[] LEAF = {0x00};
    private static final byte[] NODE = {0x01};

    private MerkleHash() {}

    /** {@code SHA-256(0x00 || entry)} */
    public static Sha256 leaf(byte[] entry) {
        return Sha256.of(LEAF, entry);
    }

    /** {@code SHA-256(0x01 || left || right)} */
    public static Sha256 node(Sha256 left, Sha256 right) {
        return Sha256.of(NODE, left.bytes(), right.bytes());
    }
}
