package health.salus.tlog;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.TreeHasher;
import java.util.Arrays;

/** A full tile of hashes together with the nodes above them, which were computed to verify it. Immutable. */
final class HashTile {
    /** Length of a full tile. */
    static final int BYTES = TilePath.FULL * Sha256.BYTES;

    private final byte[] nodes; // row r, of 256 >> r nodes, starts at row(r)

    /** @param hashes the content of the tile, {@value #BYTES} bytes */
    HashTile(byte[] hashes) {
        nodes = Arrays.copyOf(hashes, row(8) + Sha256.BYTES);
        TreeHasher hasher = new TreeHasher();
        for (int row = 1; row <= 8; row++) {
            for (int i = 0; i < TilePath.FULL >> row; i++) {
                int child = row(row - 1) + 2 * i * Sha256.BYTES;
                hasher.node(nodes, child, nodes, child + Sha256.BYTES, nodes, row(row) + i * Sha256.BYTES);
            }
        }
    }

    private static int row(int row) {
        return (2 * TilePath.FULL - ((2 * TilePath.FULL) >> row)) * Sha256.BYTES;
    }

    /** The node at {@code position} of a row; row 0 are the hashes, row 8 is the root. */
    Sha256 node(int row, int position) {
        int offset = row(row) + position * Sha256.BYTES;
        return Sha256.ofBytes(Arrays.copyOfRange(nodes, offset, offset + Sha256.BYTES));
    }

    /** The root of the tile. */
    Sha256 root() {
        return node(8, 0);
    }

    /** Whether the hash at {@code position} is {@code hash}. */
    boolean holds(int position, byte[] hash) {
        int offset = position * Sha256.BYTES;
        return Arrays.equals(nodes, offset, offset + Sha256.BYTES, hash, 0, Sha256.BYTES);
    }

    /** A copy of the first {@code width} hashes. */
    byte[] hashes(int width) {
        return Arrays.copyOf(nodes, width * Sha256.BYTES);
    }
}
