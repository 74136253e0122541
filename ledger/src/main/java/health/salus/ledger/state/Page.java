package health.salus.ledger.state;

/**
 * A part of the sparse Merkle map that is stored under one key: the subtree under a path of whole nibbles, down to its
 * keys ({@link Bucket}) or four levels deep ({@link Branch}). Which of the two it is does not change its hash.
 */
abstract sealed class Page permits Bucket, Branch {
    /** Changed since it was last stored. */
    boolean dirty;

    abstract boolean isEmpty();

    /** Whether the subtree holds exactly one key. */
    abstract boolean lone();

    /** Writes the hash of the subtree, 32 bytes, to {@code target}. */
    abstract void copyHash(byte[] target, int at);

    abstract byte[] encode();

    /** The hash of the subtree. */
    final byte[] hash() {
        byte[] hash = new byte[MapHash.BYTES];
        copyHash(hash, 0);
        return hash;
    }

    /**
     * A subtree of these keys, not stored yet.
     *
     * @param depth nibbles that all keys have in common and that lie above this subtree
     */
    static Page of(Entries entries, int depth, MapHash hasher) {
        return of(entries, 0, entries.count(), depth, hasher);
    }

    private static Page of(Entries entries, int from, int to, int depth, MapHash hasher) {
        if (to - from <= Bucket.MAX_KEYS) {
            Bucket bucket = Bucket.of(entries.part(from, to), depth, hasher);
            bucket.dirty = true;
            return bucket;
        }
        Branch branch = new Branch();
        int changed = 0;
        for (int i = from; i < to; ) {
            int nibble = entries.nibble(i, depth);
            int end = i + 1;
            while (end < to && entries.nibble(end, depth) == nibble) {
                end++;
            }
            branch.change(nibble, of(entries, i, end, depth + 1, hasher));
            changed |= 1 << nibble;
            i = end;
        }
        branch.rehash(changed, hasher);
        return branch;
    }

    static Page decode(byte[] bytes, int depth, MapHash hasher) {
        try {
            return switch (bytes[0]) {
                case Bucket.TAG -> Bucket.decode(bytes, depth, hasher);
                case Branch.TAG -> Branch.decode(bytes, hasher);
                default -> throw new StateDamagedException("page of unknown kind " + bytes[0]);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new StateDamagedException("page of " + bytes.length + " bytes", e);
        }
    }
}
