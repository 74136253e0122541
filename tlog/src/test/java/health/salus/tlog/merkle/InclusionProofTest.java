package health.salus.tlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
    private static final int SIZES = 300;
    private static final ReferenceTree TREE = ReferenceTree.of(SIZES);
    private static final Sha256 OTHER = Sha256.of(new byte[] {1});

    @Test
    void every_proof_to_300_verifies_and_no_altered_one_does() {
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = TREE.inclusion(index, size);
                assertVerified(proof, index, size);
                for (int at = 0; at < proof.path().size(); at++) {
                    assertRefused(index, mutated(proof.path(), at), index, size);
                }
                assertRefused(index, longer(proof.path(), OTHER), index, size);
            }
        }
    }

    @Test
    void no_shortened_path_verifies() {
        for (int size = 2; size <= SIZES; size++) {
            for (int index = 0; index < size; index += 7) {
                List<Sha256> path = TREE.inclusion(index, size).path();
                for (int at = 0; at < path.size(); at++) {
                    List<Sha256> shorter = new ArrayList<>(path);
                    shorter.remove(at);
                    assertRefused(index, shorter, index, size);
                    assertRefused(index, path.subList(0, at), index, size);
                }
            }
        }
    }

    @Test
    void no_proof_verifies_under_another_index() {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                List<Sha256> path = TREE.inclusion(index, size).path();
                for (long claimed = -1; claimed <= 2L * size; claimed++) {
                    if (claimed != index) {
                        assertRefused(claimed, path, index, size);
                    }
                }
                assertRefused(index + (1L << 32), path, index, size);
                assertRefused(Long.MIN_VALUE + index, path, index, size);
            }
        }
    }

    @Test
    void no_proof_verifies_for_another_leaf_or_root() {
        for (int size = 1; size <= SIZES; size++) {
            InclusionProof proof = TREE.inclusion(size / 2, size);
            assertThat(proof.check(OTHER, TREE.head(size)).isVerified()).isFalse();
            assertThat(proof.check(TREE.leaf(size / 2), new TreeHead(size, OTHER))
                            .isVerified())
                    .isFalse();
        }
    }

    @Test
    void two_swapped_hashes_are_refused() {
        List<Sha256> path = new ArrayList<>(TREE.inclusion(100, SIZES).path());
        Collections.swap(path, 1, 2);
        assertRefused(100, path, 100, SIZES);
    }

    @Test
    void nothing_is_in_the_empty_tree() {
        assertThat(new InclusionProof(0, List.of()).check(OTHER, TreeHead.EMPTY).isVerified())
                .isFalse();
    }

    private static void assertVerified(InclusionProof proof, int index, int size) {
        if (!proof.check(TREE.leaf(index), TREE.head(size)).isVerified()) {
            throw new AssertionError("entry " + index + " of " + size + " does not verify");
        }
    }

    private static void assertRefused(long claimed, List<Sha256> path, int index, int size) {
        if (new InclusionProof(claimed, path)
                .check(TREE.leaf(index), TREE.head(size))
                .isVerified()) {
            throw new AssertionError("entry " + index + " of " + size + " verifies as " + claimed);
        }
    }

    static List<Sha256> mutated(List<Sha256> path, int at) {
        byte[] bytes = path.get(at).bytes();
        bytes[at % bytes.length] ^= (byte) (1 << at % 8);
        List<Sha256> mutated = new ArrayList<>(path);
        mutated.set(at, Sha256.ofBytes(bytes));
        return mutated;
    }

    static List<Sha256> longer(List<Sha256> path, Sha256 last) {
        List<Sha256> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
