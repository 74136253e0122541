package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.Frontier;
import health.salus.tlog.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entries being added to a tree: becomes the new edge when they are durable, or is dropped without a trace. One at a time,
 * on one thread.
 */
final class Growth {
    /** A tile that became full. */
    static final class FullTile {
        private final TilePath path;
        private final byte[] content;

        private FullTile(TilePath path, byte[] content) {
            this.path = path;
            this.content = content;
        }

        TilePath path() {
            return path;
        }

        byte[] content() {
            return content;
        }
    }

    private static final int FIRST_BUNDLE_BYTES = 16 * 1024;

    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Sha256.BYTES];
    private final Frontier frontier;
    private final List<FullTile> completed = new ArrayList<>();
    private byte[][] hashes;
    private byte[] bundle;
    private int[] ends;
    private int bundleLength;

    /** @param frontier of the same tree as {@code edge}; it is copied */
    Growth(RightEdge edge, Frontier frontier) {
        this.frontier = frontier.copy();
        this.hashes = edge.buffers();
        this.bundle = edge.bundle();
        this.ends = edge.count(0) == 0 ? new int[TilePath.FULL] : edge.ends(); // all empty edges share theirs
        this.bundleLength = edge.bundleLength();
    }

    /** Adds the entry of {@code length} bytes from {@code offset}. */
    void add(byte[] source, int offset, int length) {
        long index = frontier.size();
        int position = (int) (index & 0xff);
        keep(source, offset, length, position);
        hasher.leaf(source, offset, length, leaf, 0);
        frontier.append(leaf, 0, this::complete);
        if (position == TilePath.FULL - 1) {
            TilePath path = TilePath.full(TilePath.ENTRIES, index / TilePath.FULL);
            completed.add(new FullTile(path, Arrays.copyOf(bundle, bundleLength)));
            bundle = new byte[bundleLength];
            bundleLength = 0;
            ends = new int[TilePath.FULL];
        }
    }

    private void keep(byte[] source, int offset, int length, int position) {
        int end = bundleLength + Short.BYTES + length;
        if (end > bundle.length) {
            bundle = Arrays.copyOf(bundle, Math.max(FIRST_BUNDLE_BYTES, Math.max(end, 2 * bundle.length)));
        }
        bundle[bundleLength] = (byte) (length >>> 8);
        bundle[bundleLength + 1] = (byte) length;
        System.arraycopy(source, offset, bundle, bundleLength + Short.BYTES, length);
        bundleLength = end;
        ends[position] = end;
    }

    private void complete(int nodeLevel, byte[] nodes, int offset) {
        if (nodeLevel % 8 != 0) {
            return;
        }
        int level = nodeLevel / 8;
        if (level == hashes.length) {
            hashes = Arrays.copyOf(hashes, level + 1);
            hashes[level] = new byte[TilePath.FULL * Sha256.BYTES];
        }
        long number = frontier.size() >>> nodeLevel;
        int position = (int) (number & 0xff);
        System.arraycopy(nodes, offset, hashes[level], position * Sha256.BYTES, Sha256.BYTES);
        if (position == TilePath.FULL - 1) {
            completed.add(new FullTile(TilePath.full(level, number / TilePath.FULL), hashes[level]));
            hashes[level] = new byte[TilePath.FULL * Sha256.BYTES];
        }
    }

    /** The edge with everything added so far. */
    RightEdge edge() {
        return new RightEdge(frontier.head(), hashes.clone(), bundle, ends);
    }

    /** The frontier with everything added so far. */
    Frontier frontier() {
        return frontier;
    }

    /** Tiles that became full, in the order in which they did. */
    List<FullTile> completed() {
        return completed;
    }
}
