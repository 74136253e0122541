package health.salus.ledger.state;

/** A subtree of the map small enough to be kept as its keys with their values. Immutable. */
final class Bucket extends Page {
    static final byte TAG = 1;
    /** With more keys it becomes a {@link Branch}. */
    static final int MAX_KEYS = 8;

    /** A subtree without keys. */
    static final Bucket EMPTY = new Bucket(new Entries(0), new byte[MapHash.BYTES]);

    private static final int PAIR = 2 * MapHash.BYTES;

    private final Entries entries;
    private final byte[] hash;

    private Bucket(Entries entries, byte[] hash) {
        this.entries = entries;
        this.hash = hash;
    }

    /**
     * A subtree of these keys.
     *
     * @param depth nibbles that all keys have in common and that lie above this subtree
     */
    static Bucket of(Entries entries, int depth, MapHash hasher) {
        byte[] hash = new byte[MapHash.BYTES];
        entries.hash(0, entries.count(), 4 * depth, hasher, hash, 0);
        return new Bucket(entries, hash);
    }

    Entries entries() {
        return entries;
    }

    @Override
    boolean isEmpty() {
        return entries.count() == 0;
    }

    @Override
    boolean lone() {
        return entries.count() == 1;
    }

    @Override
    void copyHash(byte[] target, int at) {
        System.arraycopy(hash, 0, target, at, MapHash.BYTES);
    }

    @Override
    byte[] encode() {
        byte[] bytes = new byte[1 + PAIR * entries.count()];
        bytes[0] = TAG;
        entries.writeTo(bytes, 1);
        return bytes;
    }

    static Bucket decode(byte[] bytes, int depth, MapHash hasher) {
        int size = (bytes.length - 1) / PAIR;
        if (size * PAIR + 1 != bytes.length) {
            throw new StateDamagedException("bucket page of " + bytes.length + " bytes");
        }
        Entries entries = new Entries(size);
        for (int i = 0; i < size; i++) {
            entries.add(bytes, 1 + PAIR * i, hasher);
        }
        return of(entries, depth, hasher);
    }
}
