package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.util.Arrays;
import java.util.List;

/**
 * The sparse Merkle map over the current values, {@link MapHash} says how it hashes. It is kept in pages: those in use
 * are in memory, the others are loaded when needed, and every loaded page is compared with the hash that its parent
 * holds. Changed pages stay in memory until {@link #store} hands them out.
 *
 * <p>Costs of a batch of k changes among n keys: about k · log₂(n / k) hashes. Not thread-safe.
 */
final class StateMap {
    /** Root of a map without keys. */
    static final Sha256 EMPTY_ROOT = Sha256.ofBytes(new byte[MapHash.BYTES]);

    private static final int KEPT_LEVELS = 3;

    private final PageStore pages;
    private final int maxPages;
    private final MapHash hasher = new MapHash();
    private Page root;
    private int loaded;
    private int dirty;

    /** @param maxPages about how many pages may stay in memory when none is changed */
    StateMap(PageStore pages, int maxPages) {
        this.pages = pages;
        this.maxPages = maxPages;
        byte[] stored = pages.load(pageKey(new byte[0], 0));
        this.root = stored == null ? Bucket.EMPTY : Page.decode(stored, 0, hasher);
    }

    Sha256 root() {
        return Sha256.ofBytes(root.hash());
    }

    /** About how many changed pages wait to be stored. */
    int dirtyPages() {
        return dirty;
    }

    /** Sets the values of these keys, no key twice, and answers the new root. */
    Sha256 apply(List<MapChange> changes) {
        MapChange[] sorted = changes.toArray(MapChange[]::new);
        Arrays.sort(sorted, MapChange.BY_KEY);
        root = apply(root, 0, sorted, 0, sorted.length);
        return root();
    }

    private Page apply(Page page, int depth, MapChange[] changes, int from, int to) {
        if (from == to) {
            return page;
        }
        dirty += page.dirty ? 0 : 1;
        return switch (page) {
            case Bucket bucket -> merged(bucket, depth, changes, from, to);
            case Branch branch -> {
                int changed = 0;
                for (int i = from; i < to; ) {
                    int nibble = MapHash.nibble(changes[i].key(), depth);
                    int end = i + 1;
                    while (end < to && MapHash.nibble(changes[end].key(), depth) == nibble) {
                        end++;
                    }
                    Page child = child(branch, nibble, changes[i].key(), depth);
                    branch.change(nibble, apply(child, depth + 1, changes, i, end));
                    changed |= 1 << nibble;
                    i = end;
                }
                branch.rehash(changed, hasher);
                yield branch;
            }
        };
    }

    private Page merged(Bucket bucket, int depth, MapChange[] changes, int from, int to) {
        Entries before = bucket.entries();
        Entries merged = new Entries(before.count() + to - from);
        int old = 0;
        int next = from;
        while (old < before.count() || next < to) {
            int order = old == before.count() ? 1 : next == to ? -1 : before.compare(old, changes[next].key());
            byte[] value = order < 0 ? null : changes[next].value();
            if (order < 0) {
                merged.add(before, old);
            } else if (value != null) {
                merged.add(changes[next].key(), value, hasher);
            }
            old += order <= 0 ? 1 : 0;
            next += order >= 0 ? 1 : 0;
        }
        Page page = Page.of(merged, depth, hasher);
        dirty += count(page) - 1;
        return page;
    }

    private Page child(Branch branch, int nibble, byte[] key, int depth) {
        Page child = branch.child(nibble);
        if (child != null) {
            return child;
        }
        if (!branch.holds(Branch.WIDTH + nibble)) {
            return Bucket.EMPTY;
        }
        byte[] stored = pages.load(pageKey(key, depth + 1));
        if (stored == null) {
            throw new StateDamagedException("page of the state map missing at depth " + (depth + 1));
        }
        child = Page.decode(stored, depth + 1, hasher);
        if (!Arrays.equals(child.hash(), branch.hash(Branch.WIDTH + nibble))) {
            throw new StateDamagedException("page of the state map altered at depth " + (depth + 1));
        }
        branch.keep(nibble, child);
        loaded++;
        return child;
    }

    /** Proves the value of {@code key}, or that it has none. */
    StateProof prove(byte[] key) {
        ProofPath path = new ProofPath(key);
        Page page = root;
        int depth = 0;
        while (page instanceof Branch branch) {
            if (!path.descend(branch)) {
                return path.end(branch.lone(path.node()) ? loneBucket(branch, path.node(), key, depth) : Bucket.EMPTY);
            }
            page = child(branch, MapHash.nibble(key, depth), key, depth);
            depth++;
        }
        return path.end((Bucket) page, hasher);
    }

    /** The one key under {@code node} of a branch at {@code depth}, all of whose key bits before are those of {@code key}. */
    private Bucket loneBucket(Branch branch, int node, byte[] key, int depth) {
        byte[] path = key.clone();
        Page page = branch;
        int top = node;
        int at = depth;
        while (page instanceof Branch parent) {
            int nibble = onlyChild(parent, top);
            setNibble(path, at, nibble);
            page = child(parent, nibble, path, at);
            top = 1;
            at++;
        }
        return (Bucket) page;
    }

    private static int onlyChild(Branch branch, int top) {
        int node = top;
        while (node < Branch.WIDTH) {
            node = branch.holds(2 * node) ? 2 * node : 2 * node + 1;
        }
        return node - Branch.WIDTH;
    }

    /** Hands every changed page to {@code sink}; then drops pages from memory if there are too many. */
    void store(PageSink sink) {
        loaded += dirty;
        store(root, new byte[MapHash.BYTES], 0, sink);
        dirty = 0;
        if (loaded > maxPages) { // a page that changed twice was counted twice
            loaded = count(root);
        }
        if (loaded > maxPages) {
            forget(root, KEPT_LEVELS);
            loaded = count(root);
        }
    }

    private static int count(Page page) {
        int count = 1;
        if (page instanceof Branch branch) {
            for (int nibble = 0; nibble < Branch.WIDTH; nibble++) {
                Page child = branch.child(nibble);
                count += child == null ? 0 : count(child);
            }
        }
        return count;
    }

    /** Hands {@code page}, which lies at {@code depth} under {@code path}, and those under it to {@code sink}, if they changed. */
    static void store(Page page, byte[] path, int depth, PageSink sink) {
        if (!page.dirty) {
            return;
        }
        sink.accept(pageKey(path, depth), page.isEmpty() ? null : page.encode());
        page.dirty = false;
        if (page instanceof Branch branch) {
            for (int nibble = 0; nibble < Branch.WIDTH; nibble++) {
                Page child = branch.child(nibble);
                if (child != null) {
                    setNibble(path, depth, nibble);
                    store(child, path, depth + 1, sink);
                }
            }
        }
    }

    private static void setNibble(byte[] path, int depth, int nibble) {
        int shift = (depth & 1) == 0 ? 4 : 0;
        path[depth >> 1] = (byte) ((path[depth >> 1] & ~(15 << shift)) | (nibble << shift));
    }

    private static void forget(Page page, int levels) {
        if (page instanceof Branch branch) {
            if (levels == 0) {
                branch.forgetChildren();
                return;
            }
            for (int nibble = 0; nibble < Branch.WIDTH; nibble++) {
                Page child = branch.child(nibble);
                if (child != null) {
                    forget(child, levels - 1);
                }
            }
        }
    }

    /** Depth in nibbles, one byte, then that many nibbles of {@code path}, filled up with a zero. */
    static byte[] pageKey(byte[] path, int depth) {
        byte[] key = new byte[2 + (depth + 1) / 2];
        key[0] = StateKeys.PAGE;
        key[1] = (byte) depth;
        System.arraycopy(path, 0, key, 2, (depth + 1) / 2);
        if ((depth & 1) == 1) {
            key[key.length - 1] &= (byte) 0xf0;
        }
        return key;
    }
}
