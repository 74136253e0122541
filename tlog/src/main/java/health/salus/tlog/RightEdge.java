package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.Frontier;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import java.util.Arrays;

/**
 * The tiles of a tree that are not full yet, in memory: of each level the hashes after the last full tile, and the entries
 * after the last full bundle.
 *
 * <p>Immutable as seen through its accessors: {@link Growth} writes behind what this edge counts, never into it.
 */
final class RightEdge {
    static final RightEdge EMPTY = new RightEdge(TreeHead.EMPTY, new byte[0][], new byte[0], new int[TilePath.FULL]);

    private final TreeHead head;
    private final byte[][] hashes; // one buffer per level, filled up to count(level)
    private final byte[] bundle; // uint16 length and content of each entry
    private final int[] ends; // where each entry of the bundle ends

    RightEdge(TreeHead head, byte[][] hashes, byte[] bundle, int[] ends) {
        this.head = head;
        this.hashes = hashes;
        this.bundle = bundle;
        this.ends = ends;
    }

    TreeHead head() {
        return head;
    }

    long size() {
        return head.size();
    }

    /** Number of levels that have a tile, full or not. */
    int levels() {
        return levels(size());
    }

    static int levels(long size) {
        return (Long.SIZE - Long.numberOfLeadingZeros(size) + 7) / 8;
    }

    /** How many hashes of the last tile of {@code level} there are, 0 to 255. */
    int count(int level) {
        return count(size(), level);
    }

    static int count(long size, int level) {
        return (int) (size >>> (8 * level)) & 0xff;
    }

    /** Number of full tiles in {@code level}, which is also the index of the one that is not full. */
    long fullTiles(int level) {
        return fullTiles(size(), level);
    }

    static long fullTiles(long size, int level) {
        return level >= TilePath.MAX_LEVEL ? 0 : size >>> (8 * (level + 1));
    }

    /** Buffer of one level; only the first {@link #count} hashes count. */
    byte[] hashes(int level) {
        return hashes[level];
    }

    /** The node at {@code position} of a row of the last tile of {@code level}; row 0 are the hashes. */
    Sha256 node(int level, int row, int position) {
        if (row == 0) {
            int offset = position * Sha256.BYTES;
            return Sha256.ofBytes(Arrays.copyOfRange(hashes[level], offset, offset + Sha256.BYTES));
        }
        return MerkleHash.node(node(level, row - 1, 2 * position), node(level, row - 1, 2 * position + 1));
    }

    /** What {@link Growth} goes on from. */
    Frontier frontier() {
        long size = size();
        byte[] encoded = new byte[Long.bitCount(size) * Sha256.BYTES];
        int offset = 0;
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                int position = (int) (((size >>> level) - 1) % (TilePath.FULL >> (level % 8)));
                node(level / 8, level % 8, position).copyTo(encoded, offset);
                offset += Sha256.BYTES;
            }
        }
        return Frontier.of(size, encoded);
    }

    byte[][] buffers() {
        return hashes.clone();
    }

    byte[] bundle() {
        return bundle;
    }

    int[] ends() {
        return ends;
    }

    int bundleLength() {
        return count(0) == 0 ? 0 : ends[count(0) - 1];
    }

    /** Content of the entry at {@code position} in the last bundle. */
    byte[] entry(int position) {
        int start = position == 0 ? 0 : ends[position - 1];
        return Arrays.copyOfRange(bundle, start + Short.BYTES, ends[position]);
    }

    /** The first {@code width} hashes of the last tile of {@code level}, or entries of the last bundle. */
    byte[] partial(int level, int width) {
        return level == TilePath.ENTRIES
                ? Arrays.copyOf(bundle, ends[width - 1])
                : Arrays.copyOf(hashes[level], width * Sha256.BYTES);
    }
}
