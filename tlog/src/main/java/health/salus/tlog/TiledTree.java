package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers questions about a tree from its edge and its full tiles. A tile is believed only when its root is the hash that
 * the tile above holds for it, up to the edge. Thread-safe.
 */
final class TiledTree {
    private final TileSource source;
    private final TileCache cache;

    TiledTree(TileSource source, int cachedTiles) {
        this.source = source;
        this.cache = new TileCache(cachedTiles);
    }

    /** RFC 9162 §2.1.3.1. */
    InclusionProof inclusionProof(RightEdge edge, long index, long size) {
        if (size > edge.size() || index < 0 || index >= size) {
            throw new IllegalArgumentException("inclusion proof of entry " + index + " in tree size " + size
                    + " (expected: index below the size, size at most " + edge.size() + ")");
        }
        List<Sha256> path = new ArrayList<>();
        long start = 0;
        for (long n = size; n > 1; ) { // from the root down, so the path comes in reverse
            long k = Long.highestOneBit(n - 1);
            if (index - start < k) {
                path.add(range(edge, start + k, n - k));
                n = k;
            } else {
                path.add(range(edge, start, k));
                start += k;
                n -= k;
            }
        }
        return new InclusionProof(index, path.reversed());
    }

    /** RFC 9162 §2.1.4.1. */
    ConsistencyProof consistencyProof(RightEdge edge, long older, long newer) {
        if (older < 0 || older > newer || newer > edge.size()) {
            throw new IllegalArgumentException("consistency proof from tree size " + older + " to " + newer
                    + " (expected: 0 to at most " + edge.size() + ")");
        }
        List<Sha256> path = new ArrayList<>();
        if (older == 0 || older == newer) {
            return new ConsistencyProof(path);
        }
        long start = 0;
        long n = newer;
        while (older - start != n) { // SUBPROOF(m, D_n, b) for m < n
            long k = Long.highestOneBit(n - 1);
            if (older - start <= k) {
                path.add(range(edge, start + k, n - k));
                n = k;
            } else {
                path.add(range(edge, start, k));
                start += k;
                n -= k;
            }
        }
        if (start != 0) { // b is false: the older root is not known to be a node
            path.add(range(edge, start, n));
        }
        return new ConsistencyProof(path.reversed());
    }

    /** Head of the tree when it had {@code size} leaves. */
    TreeHead head(RightEdge edge, long size) {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, range(edge, 0, size));
    }

    /** Merkle Tree Hash of the {@code n} leaves from {@code start}, which is a multiple of the power of 2 not below n. */
    private Sha256 range(RightEdge edge, long start, long n) {
        int level = Long.numberOfTrailingZeros(Long.highestOneBit(n));
        if (n == 1L << level) {
            return node(edge, level, start >>> level);
        }
        long k = 1L << level;
        return MerkleHash.node(range(edge, start, k), range(edge, start + k, n - k));
    }

    /** Hash of the complete subtree of 2<sup>level</sup> leaves that is the {@code index}-th of its size. */
    private Sha256 node(RightEdge edge, int level, long index) {
        int tileLevel = level / 8;
        int row = level % 8;
        long tile = index >>> (8 - row);
        int position = (int) (index % (TilePath.FULL >> row));
        return tile < edge.fullTiles(tileLevel)
                ? hashTile(edge, tileLevel, tile).node(row, position)
                : edge.node(tileLevel, row, position);
    }

    /** A full hash tile, verified. @throws CorruptLogException if it is missing or another */
    HashTile hashTile(RightEdge edge, int level, long index) {
        TilePath path = TilePath.full(level, index);
        HashTile cached = cache.get(path);
        if (cached != null) {
            return cached;
        }
        HashTile tile = reread(edge, level, index);
        cache.put(path, tile);
        return tile;
    }

    /** A full hash tile as it is stored now, verified. @throws CorruptLogException if it is missing or another */
    HashTile reread(RightEdge edge, int level, long index) {
        TilePath path = TilePath.full(level, index);
        byte[] bytes = read(path);
        if (bytes.length != HashTile.BYTES) {
            throw new CorruptLogException(
                    path.toString(), "has " + bytes.length + " bytes (expected: " + HashTile.BYTES + ")");
        }
        HashTile tile = new HashTile(bytes);
        if (!tile.root().equals(rootOf(edge, level, index))) {
            throw new CorruptLogException(path.toString(), "the tile does not have the hash that the tree has for it");
        }
        return tile;
    }

    /** What the tile above, or the edge, holds as the root of a full tile. */
    Sha256 rootOf(RightEdge edge, int level, long index) {
        return node(edge, 8 * (level + 1), index);
    }

    /** The bytes of a full tile, as they are stored. @throws CorruptLogException if there are none */
    byte[] read(TilePath path) {
        try {
            return source.read(path.toString())
                    .orElseThrow(() -> new CorruptLogException(path.toString(), "the file is missing"));
        } catch (IOException e) {
            throw new LogStorageException("cannot read " + path, LogStorageException.Outcome.NOTHING_DONE, e);
        }
    }
}
