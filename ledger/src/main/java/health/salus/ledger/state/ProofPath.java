package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the siblings on the way from the root of the map to one key. Not thread-safe. */
final class ProofPath {
    private final byte[] key;
    private final List<Sha256> siblings = new ArrayList<>();
    private int node;

    ProofPath(byte[] key) {
        this.key = key;
    }

    /** Follows the key through a branch as far as needed; whether it goes on in the child page. */
    boolean descend(Branch branch) {
        node = 1;
        while (branch.hash(node) != null && !branch.lone(node) && node < Branch.WIDTH) {
            node = 2 * node + MapHash.bit(key, siblings.size());
            siblings.add(StateMap.digest(branch.hash(node ^ 1)));
        }
        return branch.hash(node) != null && !branch.lone(node);
    }

    /** The node of the last branch where the way ended. */
    int node() {
        return node;
    }

    /** Ends at a subtree of one key or none. */
    StateProof end(Bucket bucket) {
        Optional<StateProof.Leaf> leaf = bucket.size() == 0
                ? Optional.empty()
                : Optional.of(new StateProof.Leaf(Sha256.ofBytes(bucket.key(0)), Sha256.ofBytes(bucket.value(0))));
        return new StateProof(siblings, leaf);
    }

    /** Goes on through a bucket. */
    StateProof end(Bucket bucket, MapHash hasher) {
        int from = 0;
        int to = bucket.size();
        while (to - from > 1) {
            int bit = siblings.size();
            int middle = bucket.firstOne(from, to, bit);
            boolean right = MapHash.bit(key, bit) == 1;
            byte[] sibling =
                    right ? bucket.hash(from, middle, bit + 1, hasher) : bucket.hash(middle, to, bit + 1, hasher);
            siblings.add(StateMap.digest(sibling));
            from = right ? middle : from;
            to = right ? to : middle;
        }
        Optional<StateProof.Leaf> leaf = from == to
                ? Optional.empty()
                : Optional.of(
                        new StateProof.Leaf(Sha256.ofBytes(bucket.key(from)), Sha256.ofBytes(bucket.value(from))));
        return new StateProof(siblings, leaf);
    }
}
