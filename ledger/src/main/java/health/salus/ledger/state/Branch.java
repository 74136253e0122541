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

    private final byte[] hashes = new byte[2 * WIDTH * MapHash.BYTES]; // by node; zero where there is no key
    private int present; // bit n: node n holds a key
    private int lone;
    private final @Nullable Page[] children = new @Nullable Page[WIDTH];

    @Override
    boolean isEmpty() {
        return !holds(1);
    }

    @Override
    boolean lone() {
        return lone(1);
    }

    @Override
    void copyHash(byte[] target, int at) {
        System.arraycopy(hashes, MapHash.BYTES, target, at, MapHash.BYTES);
    }

    /** A copy of the hash of {@code node}. */
    byte[] hash(int node) {
        return Arrays.copyOfRange(hashes, node * MapHash.BYTES, (node + 1) * MapHash.BYTES);
    }

    boolean holds(int node) {
        return (present >> node & 1) == 1;
    }

    boolean lone(int node) {
        return (lone >> node & 1) == 1;
    }

    /** The child page if it is in memory. */
    @Nullable
    Page child(int nibble) {
        return children[nibble];
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
        child.copyHash(hashes, (WIDTH + nibble) * MapHash.BYTES);
        mark(WIDTH + nibble, !child.isEmpty(), child.lone());
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
        int left = 2 * node;
        int right = 2 * node + 1;
        if (!holds(left) && (!holds(right) || lone(right))) {
            takeOver(node, right);
        } else if (!holds(right) && lone(left)) {
            takeOver(node, left);
        } else {
            hasher.node(hashes, left * MapHash.BYTES, hashes, node * MapHash.BYTES);
            mark(node, true, false);
        }
    }

    private void takeOver(int node, int under) {
        System.arraycopy(hashes, under * MapHash.BYTES, hashes, node * MapHash.BYTES, MapHash.BYTES);
        mark(node, holds(under), lone(under));
    }

    private void mark(int node, boolean isPresent, boolean isLone) {
        present = isPresent ? present | 1 << node : present & ~(1 << node);
        lone = isLone ? lone | 1 << node : lone & ~(1 << node);
    }

    @Override
    byte[] encode() {
        int held = present >>> WIDTH;
        ByteBuffer bytes = ByteBuffer.allocate(5 + MapHash.BYTES * Integer.bitCount(held));
        bytes.put(TAG).putShort((short) held).putShort((short) (lone >>> WIDTH));
        for (int node = WIDTH; node < 2 * WIDTH; node++) {
            if (holds(node)) {
                bytes.put(hashes, node * MapHash.BYTES, MapHash.BYTES);
            }
        }
        return bytes.array();
    }

    static Branch decode(byte[] bytes, MapHash hasher) {
        Branch branch = new Branch();
        int held = ((bytes[1] & 0xff) << 8) | (bytes[2] & 0xff);
        int loneChildren = ((bytes[3] & 0xff) << 8) | (bytes[4] & 0xff);
        int position = 5;
        for (int i = 0; i < WIDTH; i++) {
            if ((held >> i & 1) == 1) {
                System.arraycopy(bytes, position, branch.hashes, (WIDTH + i) * MapHash.BYTES, MapHash.BYTES);
                branch.mark(WIDTH + i, true, (loneChildren >> i & 1) == 1);
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
