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
        while (branch.holds(node) && !branch.lone(node) && node < Branch.WIDTH) {
            node = 2 * node + MapHash.bit(key, siblings.size());
            siblings.add(Sha256.ofBytes(branch.hash(node ^ 1)));
        }
        return branch.holds(node) && !branch.lone(node);
    }

    /** The node of the last branch where the way ended. */
    int node() {
        return node;
    }

    /** Ends at a subtree of one key or none. */
    StateProof end(Bucket bucket) {
        return end(bucket.entries(), 0, bucket.entries().count());
    }

    /** Goes on through a bucket. */
    StateProof end(Bucket bucket, MapHash hasher) {
        Entries entries = bucket.entries();
        byte[] sibling = new byte[MapHash.BYTES];
        int from = 0;
        int to = entries.count();
        while (to - from > 1) {
            int bit = siblings.size();
            int middle = entries.firstOne(from, to, bit);
            boolean right = MapHash.bit(key, bit) == 1;
            entries.hash(right ? from : middle, right ? middle : to, bit + 1, hasher, sibling, 0);
            siblings.add(Sha256.ofBytes(sibling));
            from = right ? middle : from;
            to = right ? to : middle;
        }
        return end(entries, from, to);
    }

    private StateProof end(Entries entries, int from, int to) {
        Optional<StateProof.Leaf> leaf = from == to
                ? Optional.empty()
                : Optional.of(
                        new StateProof.Leaf(Sha256.ofBytes(entries.key(from)), Sha256.ofBytes(entries.value(from))));
        return new StateProof(siblings, leaf);
    }
}
