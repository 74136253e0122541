package health.salus.ledger.state;

import java.util.Arrays;

/**
 * Keys of the map in one array, ascending, each with its value and the hash of the two, 32 bytes each. Not thread-safe.
 */
final class Entries {
    private static final int VALUE = MapHash.BYTES;
    private static final int LEAF = 2 * MapHash.BYTES;
    private static final int SIZE = 3 * MapHash.BYTES;

    private final byte[] bytes;
    private int count;

    /** Room for so many. */
    Entries(int most) {
        this.bytes = new byte[most * SIZE];
    }

    int count() {
        return count;
    }

    /** Adds the key and the value that begin at {@code at}; the key is greater than those before. */
    void add(byte[] pair, int at, MapHash hasher) {
        int end = count++ * SIZE;
        System.arraycopy(pair, at, bytes, end, LEAF);
        hasher.leaf(bytes, end, bytes, end + LEAF);
    }

    /** The same for what is in two arrays. */
    void add(byte[] key, byte[] value, MapHash hasher) {
        int end = count++ * SIZE;
        System.arraycopy(key, 0, bytes, end, MapHash.BYTES);
        System.arraycopy(value, 0, bytes, end + VALUE, MapHash.BYTES);
        hasher.leaf(bytes, end, bytes, end + LEAF);
    }

    /** Adds the {@code i}-th of {@code other}. */
    void add(Entries other, int i) {
        System.arraycopy(other.bytes, i * SIZE, bytes, count++ * SIZE, SIZE);
    }

    /** Those from {@code from}, inclusive, to {@code to}, exclusive. */
    Entries part(int from, int to) {
        Entries part = new Entries(to - from);
        System.arraycopy(bytes, from * SIZE, part.bytes, 0, (to - from) * SIZE);
        part.count = to - from;
        return part;
    }

    byte[] key(int i) {
        return Arrays.copyOfRange(bytes, i * SIZE, i * SIZE + MapHash.BYTES);
    }

    byte[] value(int i) {
        return Arrays.copyOfRange(bytes, i * SIZE + VALUE, i * SIZE + VALUE + MapHash.BYTES);
    }

    /** Orders the {@code i}-th key and {@code key}. */
    int compare(int i, byte[] key) {
        return Arrays.compareUnsigned(bytes, i * SIZE, i * SIZE + MapHash.BYTES, key, 0, MapHash.BYTES);
    }

    int nibble(int i, int depth) {
        return MapHash.nibble(bytes, i * SIZE * 2 + depth);
    }

    /** Index of the first key from {@code from} to {@code to} whose bit is 1. */
    int firstOne(int from, int to, int bit) {
        int i = from;
        while (i < to && MapHash.bit(bytes, i * SIZE * Byte.SIZE + bit) == 0) {
            i++;
        }
        return i;
    }

    /** Writes the hash of those from {@code from} to {@code to}, as a subtree at {@code bit}, to {@code target}. */
    void hash(int from, int to, int bit, MapHash hasher, byte[] target, int at) {
        if (from == to) {
            Arrays.fill(target, at, at + MapHash.BYTES, (byte) 0);
        } else if (to - from == 1) {
            System.arraycopy(bytes, from * SIZE + LEAF, target, at, MapHash.BYTES);
        } else {
            int middle = firstOne(from, to, bit);
            byte[] pair = new byte[2 * MapHash.BYTES];
            hash(from, middle, bit + 1, hasher, pair, 0);
            hash(middle, to, bit + 1, hasher, pair, MapHash.BYTES);
            hasher.node(pair, 0, target, at);
        }
    }

    /** Writes keys and values, without the hashes. */
    void writeTo(byte[] target, int at) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(bytes, i * SIZE, target, at + i * LEAF, LEAF);
        }
    }
}
