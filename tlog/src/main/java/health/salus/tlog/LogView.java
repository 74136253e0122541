package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The reading that a log being written and a published one have in common; each call sees one edge. Thread-safe. */
final class LogView {
    private final TiledTree tree;

    LogView(TiledTree tree) {
        this.tree = tree;
    }

    TreeHead head(RightEdge edge, long size) {
        if (size < 0 || size > edge.size()) {
            throw new IllegalArgumentException("tree size " + size + " of a log of " + edge.size());
        }
        return tree.head(edge, size);
    }

    byte[] entry(RightEdge edge, long index) {
        if (index < 0 || index >= edge.size()) {
            throw new IllegalArgumentException("entry " + index + " of a log of " + edge.size());
        }
        long bundle = index / TilePath.FULL;
        int position = (int) (index % TilePath.FULL);
        if (bundle == edge.fullTiles(0)) {
            return edge.entry(position);
        }
        TilePath path = TilePath.full(TilePath.ENTRIES, bundle);
        EntryBundle entries = EntryBundle.parse(tree.read(path), TilePath.FULL, path);
        byte[] leafHash = new byte[Sha256.BYTES];
        entries.leafHash(position, leafHash);
        if (!tree.hashTile(edge, 0, bundle).holds(position, leafHash)) {
            throw new CorruptLogException(path.toString(), index, "the entry does not have the hash that the tree has");
        }
        return entries.entry(position);
    }

    InclusionProof inclusionProof(RightEdge edge, long index, long size) {
        return tree.inclusionProof(edge, index, size);
    }

    ConsistencyProof consistencyProof(RightEdge edge, long older, long newer) {
        return tree.consistencyProof(edge, older, newer);
    }

    void scan(RightEdge edge, long from, long to, EntryVisitor visitor) {
        if (from < 0 || from > to || to > edge.size()) {
            throw new IllegalArgumentException("entries " + from + " to " + to + " of a log of " + edge.size());
        }
        for (long index = from; index < to; ) {
            long bundle = index / TilePath.FULL;
            long end = Math.min(to, (bundle + 1) * TilePath.FULL);
            if (bundle == edge.fullTiles(0)) {
                for (; index < end; index++) {
                    visitor.visit(index, edge.entry((int) (index % TilePath.FULL)));
                }
            } else {
                EntryBundle entries = bundle(edge, bundle);
                for (; index < end; index++) {
                    visitor.visit(index, entries.entry((int) (index % TilePath.FULL)));
                }
            }
        }
    }

    /** A full bundle, of which every entry is verified. */
    private EntryBundle bundle(RightEdge edge, long index) {
        TilePath path = TilePath.full(TilePath.ENTRIES, index);
        EntryBundle entries = EntryBundle.parse(tree.read(path), TilePath.FULL, path);
        HashTile found = new HashTile(entries.leafHashes());
        if (!found.root().equals(tree.rootOf(edge, 0, index))) {
            HashTile expected = tree.hashTile(edge, 0, index);
            int position = Arrays.mismatch(found.hashes(TilePath.FULL), expected.hashes(TilePath.FULL)) / Sha256.BYTES;
            throw new CorruptLogException(
                    path.toString(),
                    index * TilePath.FULL + position,
                    "the entry does not have the hash that the tree has");
        }
        return entries;
    }

    Optional<byte[]> tile(RightEdge edge, String text) {
        Optional<TilePath> parsed = TilePath.parse(text);
        if (parsed.isEmpty() || !exists(edge, parsed.get())) {
            return Optional.empty();
        }
        TilePath path = parsed.get();
        int level = Math.max(path.level(), 0);
        if (path.index() == edge.fullTiles(level)) {
            return Optional.of(edge.partial(path.level(), path.width()));
        }
        if (path.level() == TilePath.ENTRIES) {
            EntryBundle entries = bundle(edge, path.index());
            return Optional.of(Arrays.copyOf(entries.bytes(), entries.ends()[path.width() - 1]));
        }
        return Optional.of(tree.hashTile(edge, level, path.index()).hashes(path.width()));
    }

    private static boolean exists(RightEdge edge, TilePath path) {
        int level = Math.max(path.level(), 0);
        long full = edge.fullTiles(level);
        return path.index() < full || (path.index() == full && path.width() <= edge.count(level));
    }

    void verify(RightEdge edge, LongConsumer progress) {
        for (long bundle = 0; bundle < edge.fullTiles(0); bundle++) {
            bundle(edge, bundle);
            tree.reread(edge, 0, bundle);
            progress.accept((bundle + 1) * TilePath.FULL);
        }
        for (int level = 1; level < edge.levels(); level++) {
            for (long tile = 0; tile < edge.fullTiles(level); tile++) {
                tree.reread(edge, level, tile);
            }
        }
        verifyEdge(edge);
        progress.accept(edge.size());
    }

    /** The edge is in memory, so this finds what went wrong there rather than on the disk. */
    private void verifyEdge(RightEdge edge) {
        for (int i = 0; i < edge.count(0); i++) {
            byte[] leafHash = MerkleHash.leaf(edge.entry(i)).bytes();
            int offset = i * Sha256.BYTES;
            if (!Arrays.equals(edge.hashes(0), offset, offset + Sha256.BYTES, leafHash, 0, Sha256.BYTES)) {
                TilePath path = new TilePath(TilePath.ENTRIES, edge.fullTiles(0), edge.count(0));
                throw new CorruptLogException(
                        path.toString(),
                        edge.fullTiles(0) * TilePath.FULL + i,
                        "the entry does not have the hash that the tree has");
            }
        }
        if (!tree.head(edge, edge.size()).equals(edge.head())) {
            throw new CorruptLogException("checkpoint", "the hashes at the edge of the tree do not give its root");
        }
    }
}
