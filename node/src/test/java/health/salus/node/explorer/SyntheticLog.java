package health.salus.node.explorer;

import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.TreeHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An RFC 9162 tree by the recursive definitions of the RFC, for proofs of any index and size. */
final class SyntheticLog {
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<Range, Sha256> hashes = new HashMap<>();

    private record Range(int from, int to) {
        int size() {
            return to - from;
        }

        /** Where the largest power of two smaller than the size ends. */
        int split() {
            return from + Integer.highestOneBit(size() - 1);
        }
    }

    /** Adds an entry and answers its index. */
    int append(byte[] entry) {
        entries.add(entry.clone());
        return entries.size() - 1;
    }

    int size() {
        return entries.size();
    }

    TreeHead head(int size) {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, hash(new Range(0, size)));
    }

    Sha256 leaf(int index) {
        return hash(new Range(index, index + 1));
    }

    InclusionProof prove(int index, int size) {
        return new InclusionProof(index, path(index, new Range(0, size)));
    }

    /** Between two trees of which the older is not empty. */
    ConsistencyProof proveConsistency(int older, int newer) {
        return new ConsistencyProof(older == newer ? List.of() : subproof(older, new Range(0, newer), true));
    }

    /** MTH, §2.1.1 */
    private Sha256 hash(Range range) {
        Sha256 known = hashes.get(range);
        if (known != null) {
            return known;
        }
        Sha256 hash = range.size() == 1
                ? MerkleHash.leaf(entries.get(range.from()))
                : MerkleHash.node(
                        hash(new Range(range.from(), range.split())), hash(new Range(range.split(), range.to())));
        hashes.put(range, hash);
        return hash;
    }

    /** PATH, §2.1.3.1 */
    private List<Sha256> path(int index, Range range) {
        if (range.size() == 1) {
            return List.of();
        }
        Range left = new Range(range.from(), range.split());
        Range right = new Range(range.split(), range.to());
        return index < range.split() ? with(path(index, left), hash(right)) : with(path(index, right), hash(left));
    }

    /** SUBPROOF, §2.1.4.1, where {@code older} counts from the range's beginning */
    private List<Sha256> subproof(int older, Range range, boolean known) {
        if (older == range.size()) {
            return known ? List.of() : List.of(hash(range));
        }
        Range left = new Range(range.from(), range.split());
        Range right = new Range(range.split(), range.to());
        return older <= left.size()
                ? with(subproof(older, left, known), hash(right))
                : with(subproof(older - left.size(), right, false), hash(left));
    }

    private static List<Sha256> with(List<Sha256> path, Sha256 last) {
        List<Sha256> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
