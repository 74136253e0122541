package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.TreeHead;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the edge of a published tree from its partial tiles, or from the full tiles that have taken their place. */
final class EdgeReader {
    private final TileSource source;
    private final TreeHead head;

    /** @param head of which the caller knows that it is right */
    EdgeReader(TileSource source, TreeHead head) {
        this.source = source;
        this.head = head;
    }

    /** @throws CorruptLogException if a tile is missing or the tiles do not give the head */
    RightEdge read() throws IOException {
        byte[][] hashes = new byte[RightEdge.levels(head.size())][];
        for (int level = 0; level < hashes.length; level++) {
            hashes[level] = new byte[HashTile.BYTES];
            int count = RightEdge.count(head.size(), level);
            if (count > 0) {
                readHashes(level, count, hashes[level]);
            }
        }
        byte[] bundle = new byte[0];
        int[] ends = new int[TilePath.FULL];
        RightEdge tiles = new RightEdge(head, hashes, bundle, ends);
        if (!tiles.frontier().head().equals(head)) {
            throw new CorruptLogException(
                    wrongTile(tiles).toString(), "the partial tiles do not give the root of tree size " + head.size());
        }
        int entries = tiles.count(0);
        if (entries > 0) { // compared with hashes that are right by now
            EntryBundle parsed = readEntries(entries, hashes[0]);
            bundle = parsed.bytes();
            System.arraycopy(parsed.ends(), 0, ends, 0, entries);
        }
        return new RightEdge(head, hashes, bundle, ends);
    }

    /** The tile that has another hash for a full tile below it than that tile gives; else the lowest. */
    private TilePath wrongTile(RightEdge edge) throws IOException {
        int lowest = 0;
        for (int level = edge.levels() - 1; level > 0; level--) {
            lowest = edge.count(level) > 0 ? level : lowest;
            for (int i = 0; i < edge.count(level); i++) {
                TilePath below = TilePath.full(level - 1, edge.fullTiles(level) * TilePath.FULL + i);
                Optional<byte[]> bytes = source.read(below.toString());
                if (bytes.isPresent()
                        && bytes.get().length == HashTile.BYTES
                        && !new HashTile(bytes.get()).root().equals(edge.node(level, 0, i))) {
                    return path(level);
                }
            }
        }
        return path(edge.count(0) > 0 ? 0 : lowest);
    }

    private void readHashes(int level, int count, byte[] target) throws IOException {
        TilePath path = path(level);
        byte[] bytes = readPartialOrFull(path);
        if (bytes.length % Sha256.BYTES != 0 || bytes.length < count * Sha256.BYTES) {
            throw new CorruptLogException(
                    path.toString(), "has " + bytes.length + " bytes (expected: " + count * Sha256.BYTES + ")");
        }
        System.arraycopy(bytes, 0, target, 0, count * Sha256.BYTES);
    }

    private EntryBundle readEntries(int count, byte[] leafHashes) throws IOException {
        TilePath path = path(TilePath.ENTRIES);
        Optional<byte[]> partial = source.read(path.toString());
        EntryBundle parsed;
        if (partial.isPresent()) {
            parsed = EntryBundle.parse(partial.get(), count, path);
        } else {
            TilePath full = TilePath.full(TilePath.ENTRIES, path.index());
            EntryBundle all = EntryBundle.parse(readPartialOrFull(path), TilePath.FULL, full);
            parsed = EntryBundle.parse(Arrays.copyOf(all.bytes(), all.ends()[count - 1]), count, path);
        }
        byte[] found = parsed.leafHashes();
        int mismatch = Arrays.mismatch(found, Arrays.copyOf(leafHashes, found.length));
        if (mismatch >= 0) {
            throw new CorruptLogException(
                    path.toString(),
                    path.index() * TilePath.FULL + mismatch / Sha256.BYTES,
                    "the entry does not have the hash in " + path(0));
        }
        return parsed;
    }

    private byte[] readPartialOrFull(TilePath path) throws IOException {
        Optional<byte[]> partial = source.read(path.toString());
        if (partial.isPresent()) {
            return partial.get();
        }
        return source.read(TilePath.full(path.level(), path.index()).toString())
                .orElseThrow(() -> new CorruptLogException(path.toString(), "the file is missing"));
    }

    private TilePath path(int level) {
        int tileLevel = Math.max(level, 0);
        return new TilePath(
                level, RightEdge.fullTiles(head.size(), tileLevel), RightEdge.count(head.size(), tileLevel));
    }
}
