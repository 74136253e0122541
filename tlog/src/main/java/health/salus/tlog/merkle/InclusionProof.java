package health.salus.tlog.merkle;

import health.salus.foundation.Sha256;
import java.util.List;

/**
 * Shows that a leaf is in a tree (RFC 9162 §2.1.3).
 *
 * @param index of the leaf, counted from 0
 * @param path sibling hashes from the leaf up to the children of the root
 */
public record InclusionProof(long index, List<Sha256> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Checks this proof as RFC 9162 §2.1.3.2 does; the step numbers are the RFC's.
     *
     * @param leafHash {@code SHA-256(0x00 || entry)}
     * @param head tree head whose signature the caller has already verified
     */
    public ProofCheck check(Sha256 leafHash, TreeHead head) {
        if (index < 0 || index >= head.size()) { // step 1
            return new ProofCheck.Refused("step 1: the tree has no such index");
        }
        long fn = index; // step 2
        long sn = head.size() - 1;
        Sha256 r = leafHash; // step 3
        for (Sha256 p : path) { // step 4
            if (sn == 0) { // step 4.a
                return new ProofCheck.Refused("step 4.a: the path is longer than the tree is high");
            }
            if ((fn & 1) == 1 || fn == sn) { // step 4.b
                r = MerkleHash.node(p, r); // step 4.b.i
                while ((fn & 1) == 0 && fn != 0) { // step 4.b.ii
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = MerkleHash.node(r, p); // step 4.b, otherwise
            }
            fn >>>= 1; // step 4.c
            sn >>>= 1;
        }
        if (sn != 0) { // step 5
            return new ProofCheck.Refused("step 5: the path ends below the root");
        }
        return r.equals(head.root()) // step 5
                ? new ProofCheck.Verified()
                : new ProofCheck.Refused("step 5: the path leads to another root");
    }
}
