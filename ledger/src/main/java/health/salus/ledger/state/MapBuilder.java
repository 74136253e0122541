package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the sparse Merkle map of very many keys at once, as {@link StateMap} would have it after adding them one by one.
 * Takes 64 bytes of memory for each key; pages are handed out as soon as they are made. For one use by one thread.
 */
final class MapBuilder {
    private static final int PAIR = 2 * MapHash.BYTES;
    private static final int PARTS = Branch.WIDTH * Branch.WIDTH; // by the first two nibbles

    private final MapHash hasher = new MapHash();
    private final byte[][] parts = new byte[PARTS][0];
    private final int[] sizes = new int[PARTS]; // in keys

    /**
     * Adds a key, no key twice.
     *
     * @param key SHA-256 of the state key
     * @param value SHA-256 of the value
     */
    void add(byte[] key, byte[] value) {
        int part = key[0] & 0xff;
        int at = sizes[part]++ * PAIR;
        if (at == parts[part].length) {
            parts[part] = Arrays.copyOf(parts[part], Math.max(16 * PAIR, at + at / 2 / PAIR * PAIR));
        }
        System.arraycopy(key, 0, parts[part], at, MapHash.BYTES);
        System.arraycopy(value, 0, parts[part], at + MapHash.BYTES, MapHash.BYTES);
    }

    /** Hands every page to {@code sink}, and answers the root. */
    Sha256 build(PageSink sink) {
        Page root = top(0, PARTS, 0, sink);
        if (!root.isEmpty()) {
            root.dirty = true;
            StateMap.store(root, new byte[MapHash.BYTES], 0, sink);
        }
        return Sha256.ofBytes(root.hash());
    }

    /** The page of the parts from {@code from}, at a depth of 0 to 2 nibbles; what lies under it is handed out. */
    private Page top(int from, int to, int depth, PageSink sink) {
        Entries sorted = entries(from, to);
        if (to - from == 1 || sorted.count() <= Bucket.MAX_KEYS) {
            return Page.of(sorted, depth, hasher);
        }
        Branch branch = new Branch();
        int changed = 0;
        int step = (to - from) / Branch.WIDTH;
        byte[] path = new byte[MapHash.BYTES];
        for (int nibble = 0; nibble < Branch.WIDTH; nibble++) {
            int start = from + nibble * step;
            Page child = top(start, start + step, depth + 1, sink);
            if (!child.isEmpty()) {
                path[0] = (byte) start;
                StateMap.store(child, path, depth + 1, sink);
                if (child instanceof Branch inner) {
                    inner.forgetChildren();
                }
                branch.change(nibble, child);
                changed |= 1 << nibble;
            }
        }
        branch.rehash(changed, hasher);
        return branch;
    }

    /** Keys of some parts, sorted; of more than one part only as many as a bucket takes, and one more. */
    private Entries entries(int from, int to) {
        int most = to - from == 1 ? Integer.MAX_VALUE : Bucket.MAX_KEYS + 1;
        List<byte[]> pairs = new ArrayList<>();
        for (int part = from; part < to; part++) {
            for (int i = 0; i < sizes[part] && pairs.size() < most; i++) {
                pairs.add(Arrays.copyOfRange(parts[part], i * PAIR, (i + 1) * PAIR));
            }
        }
        pairs.sort(Arrays::compareUnsigned);
        Entries entries = new Entries(pairs.size());
        for (byte[] pair : pairs) {
            entries.add(pair, 0, hasher);
        }
        return entries;
    }
}
