package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The recursive definitions of RFC 9162 §2.1, written to be obvious; subtree hashes are computed once. Thread-safe. */
public final class ReferenceTree {
    private record Range(int from, int to) {}

    private final List<byte[]> entries;
    private final Map<Range, Sha256> hashes = new ConcurrentHashMap<>();

    public ReferenceTree(List<byte[]> entries) {
        this.entries = entries;
    }

    /** A tree of {@code size} different entries. */
    public static ReferenceTree of(int size) {
        return new ReferenceTree(IntStream.range(0, size)
                .mapToObj(i -> ("entry " + i).getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    public byte[] entry(int index) {
        return entries.get(index);
    }

    public Sha256 leaf(int index) {
        return MerkleHash.leaf(entries.get(index));
    }

    public TreeHead head(int size) {
        return new TreeHead(size, mth(0, size));
    }

    /** §2.1.1 MTH(D[from:to]) */
    private Sha256 mth(int from, int to) {
        Range range = new Range(from, to);
        Sha256 known = hashes.get(range);
        if (known != null) {
            return known;
        }
        int n = to - from;
        Sha256 hash = n == 0
                ? MerkleHash.EMPTY_ROOT
                : n == 1 ? leaf(from) : MerkleHash.node(mth(from, from + split(n)), mth(from + split(n), to));
        hashes.put(range, hash);
        return hash;
    }

    /** §2.1.3.1 PATH(m, D[0:n]) */
    public InclusionProof inclusion(int m, int n) {
        return new InclusionProof(m, path(m, 0, n));
    }

    private List<Sha256> path(int m, int from, int to) {
        int n = to - from;
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        return m < k
                ? append(path(m, from, from + k), mth(from + k, to))
                : append(path(m - k, from + k, to), mth(from, from + k));
    }

    /** §2.1.4.1 PROOF(m, D[0:n]); empty where the RFC has none, from the empty tree */
    public ConsistencyProof consistency(int m, int n) {
        return new ConsistencyProof(m == 0 ? List.of() : subproof(m, 0, n, true));
    }

    private List<Sha256> subproof(int m, int from, int to, boolean known) {
        int n = to - from;
        if (m == n) {
            return known ? List.of() : List.of(mth(from, to));
        }
        int k = split(n);
        return m <= k
                ? append(subproof(m, from, from + k, known), mth(from + k, to))
                : append(subproof(m - k, from + k, to, false), mth(from, from + k));
    }

    /** The largest power of two smaller than n. */
    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static List<Sha256> append(List<Sha256> path, Sha256 last) {
        List<Sha256> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
