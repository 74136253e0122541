package health.salus.ledger.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A subtree of the map small enough to be kept as its keys: sorted, with the hashes of their values. Immutable. */
final class Bucket extends Page {
    static final byte TAG = 1;
    /** With more keys it becomes a {@link Branch}. */
    static final int MAX_KEYS = 8;

    /** A subtree without keys. */
    static final Bucket EMPTY = new Bucket(new byte[0][], new byte[0][], null);

    private final byte[][] keys;
    private final byte[][] values;
    private final byte @Nullable [] hash;

    private Bucket(byte[][] keys, byte[][] values, byte @Nullable [] hash) {
        this.keys = keys;
        this.values = values;
        this.hash = hash;
    }

    /**
     * A subtree of these keys.
     *
     * @param depth nibbles that all keys have in common and that lie above this subtree
     */
    static Bucket of(byte[][] keys, byte[][] values, int depth, MapHash hasher) {
        Bucket unhashed = new Bucket(keys, values, null);
        return new Bucket(keys, values, unhashed.hash(0, keys.length, 4 * depth, hasher));
    }

    int size() {
        return keys.length;
    }

    byte[] key(int i) {
        return keys[i];
    }

    byte[] value(int i) {
        return values[i];
    }

    @Override
    byte @Nullable [] hash() {
        return hash;
    }

    @Override
    boolean lone() {
        return keys.length == 1;
    }

    /** Hash of the keys from {@code from}, inclusive, to {@code to}, exclusive, as a subtree at {@code bit}. */
    byte @Nullable [] hash(int from, int to, int bit, MapHash hasher) {
        if (from == to) {
            return null;
        }
        if (to - from == 1) {
            return hasher.leaf(keys[from], values[from]);
        }
        int middle = firstOne(from, to, bit);
        return hasher.node(hash(from, middle, bit + 1, hasher), hash(middle, to, bit + 1, hasher));
    }

    /** Index of the first key from {@code from} on whose bit is 1. */
    int firstOne(int from, int to, int bit) {
        int i = from;
        while (i < to && MapHash.bit(keys[i], bit) == 0) {
            i++;
        }
        return i;
    }

    @Override
    byte[] encode() {
        byte[] bytes = new byte[1 + 2 * MapHash.BYTES * keys.length];
        bytes[0] = TAG;
        for (int i = 0; i < keys.length; i++) {
            System.arraycopy(keys[i], 0, bytes, 1 + 2 * MapHash.BYTES * i, MapHash.BYTES);
            System.arraycopy(values[i], 0, bytes, 1 + 2 * MapHash.BYTES * i + MapHash.BYTES, MapHash.BYTES);
        }
        return bytes;
    }

    static Bucket decode(byte[] bytes, int depth, MapHash hasher) {
        int size = (bytes.length - 1) / (2 * MapHash.BYTES);
        if (size * 2 * MapHash.BYTES + 1 != bytes.length) {
            throw new StateDamagedException("bucket page of " + bytes.length + " bytes");
        }
        byte[][] keys = new byte[size][];
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            int at = 1 + 2 * MapHash.BYTES * i;
            keys[i] = Arrays.copyOfRange(bytes, at, at + MapHash.BYTES);
            values[i] = Arrays.copyOfRange(bytes, at + MapHash.BYTES, at + 2 * MapHash.BYTES);
        }
        return of(keys, values, depth, hasher);
    }
}
