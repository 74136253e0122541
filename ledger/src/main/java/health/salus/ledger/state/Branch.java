package health.salus.ledger.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Four levels of the map over sixteen child pages. Nodes are numbered as in a heap: 1 is the top, 2n and 2n + 1 are
 * under n, and 16 to 31 are the children.
 *
 * <p>Stored as: tag, 2 bytes which children hold keys, 2 bytes which of them hold just one (bit n: child n), then the
 * hashes of those that hold any.
 */
final class Branch extends Page {
    static final byte TAG = 2;
    static final int WIDTH = 16;

    private final byte[] @Nullable [] hashes = new byte[2 * WIDTH][];
    private int lone;
    private final @Nullable Page[] children = new @Nullable Page[WIDTH];

    @Override
    byte @Nullable [] hash() {
        return hashes[1];
    }

    @Override
    boolean lone() {
        return lone(1);
    }

    byte @Nullable [] hash(int node) {
        return hashes[node];
    }

    boolean lone(int node) {
        return (lone >> node & 1) == 1;
    }

    /** The child page if it is in memory. */
    @Nullable
    Page child(int nibble) {
        return children[nibble];
    }

    boolean holds(int nibble) {
        return hashes[WIDTH + nibble] != null;
    }

    /** Keeps a page that was loaded. */
    void keep(int nibble, Page child) {
        children[nibble] = child;
    }

    /** Drops all child pages from memory; they must be stored. */
    void forgetChildren() {
        Arrays.fill(children, null);
    }

    /** Takes over a changed child; {@link #rehash} must follow. */
    void change(int nibble, Page child) {
        children[nibble] = child;
        set(WIDTH + nibble, child.hash(), child.lone());
    }

    /** Computes the nodes above the children that {@code changed} names (bit n: child n). */
    void rehash(int changed, MapHash hasher) {
        dirty = true;
        long nodes = (long) changed << WIDTH;
        for (int node = 2 * WIDTH - 2; node > 0; node -= 2) {
            if ((nodes >> node & 3) != 0) {
                nodes |= 1L << (node >> 1);
                combine(node >> 1, hasher);
            }
        }
    }

    private void combine(int node, MapHash hasher) {
        byte @Nullable [] left = hashes[2 * node];
        byte @Nullable [] right = hashes[2 * node + 1];
        if (left == null && (right == null || lone(2 * node + 1))) {
            set(node, right, right != null);
        } else if (right == null && lone(2 * node)) {
            set(node, left, true);
        } else {
            set(node, hasher.node(left, right), false);
        }
    }

    private void set(int node, byte @Nullable [] hash, boolean isLone) {
        hashes[node] = hash;
        lone = isLone ? lone | 1 << node : lone & ~(1 << node);
    }

    @Override
    byte[] encode() {
        int present = 0;
        for (int i = 0; i < WIDTH; i++) {
            present |= holds(i) ? 1 << i : 0;
        }
        ByteBuffer bytes = ByteBuffer.allocate(5 + MapHash.BYTES * Integer.bitCount(present));
        bytes.put(TAG).putShort((short) present).putShort((short) (lone >>> WIDTH));
        for (int i = 0; i < WIDTH; i++) {
            byte[] hash = hashes[WIDTH + i];
            if (hash != null) {
                bytes.put(hash);
            }
        }
        return bytes.array();
    }

    static Branch decode(byte[] bytes, MapHash hasher) {
        Branch branch = new Branch();
        int present = ((bytes[1] & 0xff) << 8) | (bytes[2] & 0xff);
        int loneChildren = ((bytes[3] & 0xff) << 8) | (bytes[4] & 0xff);
        int position = 5;
        for (int i = 0; i < WIDTH; i++) {
            if ((present >> i & 1) == 1) {
                byte[] hash = Arrays.copyOfRange(bytes, position, position + MapHash.BYTES);
                branch.set(WIDTH + i, hash, (loneChildren >> i & 1) == 1);
                position += MapHash.BYTES;
            }
        }
        if (position != bytes.length) {
            throw new StateDamagedException("branch page of " + bytes.length + " bytes");
        }
        branch.rehash(0xffff, hasher);
        branch.dirty = false;
        return branch;
    }
}
