package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;
import java.util.List;

/**
 * Shows that a tree holds all leaves of an older one in the same places (RFC 9162 §2.1.4).
 *
 * @param path the hashes in the order of the RFC; empty between equal trees and from the empty tree
 */
public record ConsistencyProof(List<Sha256> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Checks this proof as RFC 9162 §2.1.4.2 does; the step numbers are the RFC's, whose steps presume two different trees
     * of which the older is not empty. Between equal trees, and from the empty tree, only the empty proof is accepted.
     *
     * @param older head that was seen before
     * @param newer head whose signature the caller has already verified
     */
    public ProofCheck check(TreeHead older, TreeHead newer) {
        long first = older.size();
        long second = newer.size();
        if (first > second) {
            return new ProofCheck.Refused("the newer tree is smaller than the older");
        }
        if (first == second || first == 0) {
            return trivial(older, newer);
        }
        if (path.isEmpty()) { // step 1
            return new ProofCheck.Refused("step 1: the path is empty");
        }
        List<Sha256> hashes = path;
        int next = 0;
        Sha256 seed = hashes.getFirst();
        if (Long.bitCount(first) == 1) { // step 2: the older root is itself a node of the newer tree
            seed = older.root();
        } else {
            next = 1;
        }
        long fn = first - 1; // step 3
        long sn = second - 1;
        while ((fn & 1) == 1) { // step 4
            fn >>>= 1;
            sn >>>= 1;
        }
        Sha256 fr = seed; // step 5
        Sha256 sr = seed;
        for (Sha256 c : hashes.subList(next, hashes.size())) { // step 6
            if (sn == 0) { // step 6.a
                return new ProofCheck.Refused("step 6.a: the path is longer than the tree is high");
            }
            if ((fn & 1) == 1 || fn == sn) { // step 6.b
                fr = MerkleHash.node(c, fr); // step 6.b.i
                sr = MerkleHash.node(c, sr); // step 6.b.ii
                while ((fn & 1) == 0 && fn != 0) { // step 6.b.iii
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = MerkleHash.node(sr, c); // step 6.b, otherwise
            }
            fn >>>= 1; // step 6.c
            sn >>>= 1;
        }
        if (sn != 0) { // step 7
            return new ProofCheck.Refused("step 7: the path ends below the root");
        }
        if (!fr.equals(older.root())) { // step 7
            return new ProofCheck.Refused("step 7: the path leads to another older root");
        }
        return sr.equals(newer.root()) // step 7
                ? new ProofCheck.Verified()
                : new ProofCheck.Refused("step 7: the path leads to another newer root");
    }

    private ProofCheck trivial(TreeHead older, TreeHead newer) {
        if (!path.isEmpty()) {
            return new ProofCheck.Refused("the path is not empty where nothing needs proof");
        }
        return older.size() == 0 || older.root().equals(newer.root())
                ? new ProofCheck.Verified()
                : new ProofCheck.Refused("two trees of the same size have different roots");
    }
}
