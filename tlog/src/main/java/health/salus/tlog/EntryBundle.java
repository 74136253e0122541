package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.TreeHasher;
import java.util.Arrays;

/** A parsed entry bundle: records of a big-endian uint16 length and as many bytes. */
final class EntryBundle {
    private final byte[] bytes;
    private final int[] ends;

    private EntryBundle(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Finds the records.
     *
     * @param width how many there must be
     * @param path for the message
     * @throws CorruptLogException if there are more or fewer, or one is empty
     */
    static EntryBundle parse(byte[] bytes, int width, TilePath path) {
        int[] ends = new int[width];
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = at + Short.BYTES <= bytes.length ? lengthAt(bytes, at) : 0;
            at += Short.BYTES + length;
            if (length == 0 || at > bytes.length) {
                throw new CorruptLogException(
                        path.toString(), path.index() * TilePath.FULL + i, "the bundle ends early");
            }
            ends[i] = at;
        }
        if (at != bytes.length) {
            throw new CorruptLogException(path.toString(), "the bundle has more than " + width + " entries");
        }
        return new EntryBundle(bytes, ends);
    }

    /** The length that a record beginning at {@code at} says its entry has. */
    static int lengthAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    /** Content of the entry at {@code position}. */
    byte[] entry(int position) {
        return Arrays.copyOfRange(bytes, start(position), ends[position]);
    }

    /** Leaf hashes of all entries, one after the other. */
    byte[] leafHashes() {
        TreeHasher hasher = new TreeHasher();
        byte[] hashes = new byte[ends.length * Sha256.BYTES];
        for (int i = 0; i < ends.length; i++) {
            hasher.leaf(bytes, start(i), ends[i] - start(i), hashes, i * Sha256.BYTES);
        }
        return hashes;
    }

    /** Writes the leaf hash of the entry at {@code position} to {@code target}. */
    void leafHash(int position, byte[] target) {
        new TreeHasher().leaf(bytes, start(position), ends[position] - start(position), target, 0);
    }

    int[] ends() {
        return ends;
    }

    byte[] bytes() {
        return bytes;
    }

    private int start(int position) {
        return (position == 0 ? 0 : ends[position - 1]) + Short.BYTES;
    }
}
