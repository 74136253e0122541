package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;
import java.util.Arrays;

/**
 * Grows a tree while it remembers only the roots of its largest complete subtrees, at most 63: an append hashes two
 * nodes on average, memory grows with the logarithm of the size.
 *
 * <p>Not thread-safe.
 */
public final class Frontier {
    private static final int MAX_LEVELS = 63;

    /** Told of every node that becomes complete, leaves included. */
    @FunctionalInterface
    public interface NodeSink {
        /**
         * Receives one node.
         *
         * @param level 0 for leaves; the subtree has 2<sup>level</sup> leaves
         * @param nodes holds the 32 bytes of its hash from {@code offset}, valid only during the call
         */
        void complete(int level, byte[] nodes, int offset);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final byte[] node = new byte[Sha256.BYTES];
    private byte[] nodes; // of level k at 32·k, present where bit k of the size is set
    private long size;

    /** Of the tree without leaves. */
    public Frontier() {
        this(0, new byte[0]);
    }

    private Frontier(long size, byte[] nodes) {
        this.size = size;
        this.nodes = nodes;
    }

    /**
     * Restores what {@link #encoded} gave.
     *
     * @throws IllegalArgumentException unless {@code encoded} has one hash for each bit set in {@code size}
     */
    public static Frontier of(long size, byte[] encoded) {
        if (size < 0 || encoded.length != Long.bitCount(size) * Sha256.BYTES) {
            throw new IllegalArgumentException("frontier of " + encoded.length + " bytes for tree size " + size);
        }
        Frontier frontier = new Frontier(size, new byte[0]);
        int offset = 0;
        for (int level = MAX_LEVELS - 1; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                frontier.put(level, encoded, offset);
                offset += Sha256.BYTES;
            }
        }
        return frontier;
    }

    /** The hashes of the largest complete subtrees from left to right, 32 bytes each. */
    public byte[] encoded() {
        byte[] encoded = new byte[Long.bitCount(size) * Sha256.BYTES];
        int offset = 0;
        for (int level = MAX_LEVELS - 1; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                System.arraycopy(nodes, level * Sha256.BYTES, encoded, offset, Sha256.BYTES);
                offset += Sha256.BYTES;
            }
        }
        return encoded;
    }

    /** An independent frontier of the same tree. */
    public Frontier copy() {
        return new Frontier(size, nodes.clone());
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Adds a leaf by its hash. */
    public void append(Sha256 leafHash) {
        append(leafHash.bytes(), 0, (level, completed, offset) -> {});
    }

    /** Adds a leaf by its hash, 32 bytes from {@code offset}, and tells {@code sink} which nodes are now complete. */
    public void append(byte[] leafHash, int offset, NodeSink sink) {
        System.arraycopy(leafHash, offset, node, 0, Sha256.BYTES);
        sink.complete(0, node, 0);
        int level = 0;
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            hasher.node(nodes, level * Sha256.BYTES, node, 0, node, 0);
            level++;
            sink.complete(level, node, 0);
        }
        put(level, node, 0);
        size++;
    }

    /** Size and root now. */
    public TreeHead head() {
        if (size == 0) {
            return TreeHead.EMPTY;
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] root = Arrays.copyOfRange(nodes, level * Sha256.BYTES, (level + 1) * Sha256.BYTES);
        for (level++; level < MAX_LEVELS; level++) {
            if ((size >>> level & 1) == 1) {
                hasher.node(nodes, level * Sha256.BYTES, root, 0, root, 0);
            }
        }
        return new TreeHead(size, Sha256.ofBytes(root));
    }

    private void put(int level, byte[] source, int offset) {
        if (nodes.length < (level + 1) * Sha256.BYTES) {
            nodes = Arrays.copyOf(nodes, (level + 1) * Sha256.BYTES);
        }
        System.arraycopy(source, offset, nodes, level * Sha256.BYTES, Sha256.BYTES);
    }
}
