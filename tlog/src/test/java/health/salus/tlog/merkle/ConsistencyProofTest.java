package health.salus.tlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
    private static final int SIZES = 300;
    private static final ReferenceTree TREE = ReferenceTree.of(SIZES);
    private static final Sha256 OTHER = Sha256.of(new byte[] {1});

    @Test
    void every_proof_to_300_verifies_and_no_altered_one_does() {
        for (int newer = 0; newer <= SIZES; newer++) {
            for (int older = 0; older <= newer; older++) {
                List<Sha256> path = TREE.consistency(older, newer).path();
                assertVerified(path, older, newer);
                for (int at = 0; at < path.size(); at++) {
                    assertRefused(InclusionProofTest.mutated(path, at), older, newer);
                }
                assertRefused(InclusionProofTest.longer(path, OTHER), older, newer);
            }
        }
    }

    @Test
    void no_shortened_path_verifies() {
        for (int newer = 2; newer <= SIZES; newer += 3) {
            for (int older = 1; older < newer; older++) {
                List<Sha256> path = TREE.consistency(older, newer).path();
                for (int at = 0; at < path.size(); at++) {
                    List<Sha256> shorter = new ArrayList<>(path);
                    shorter.remove(at);
                    assertRefused(shorter, older, newer);
                    assertRefused(path.subList(0, at), older, newer);
                }
            }
        }
    }

    @Test
    void no_proof_verifies_between_other_heads() {
        for (int newer = 1; newer <= SIZES; newer++) {
            for (int older = 1; older <= newer; older += 5) {
                ConsistencyProof proof = TREE.consistency(older, newer);
                TreeHead olderHead = TREE.head(older);
                TreeHead newerHead = TREE.head(newer);
                assertThat(proof.check(new TreeHead(older, OTHER), newerHead).isVerified())
                        .isFalse();
                assertThat(proof.check(olderHead, new TreeHead(newer, OTHER)).isVerified())
                        .isFalse();
                if (older != newer) {
                    assertThat(proof.check(newerHead, olderHead).isVerified()).isFalse();
                }
            }
        }
    }

    @Test
    void a_tree_that_forgot_an_entry_is_not_consistent() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(TREE.entry(i == 3 ? 30 : i));
        }
        ReferenceTree rewritten = new ReferenceTree(entries);
        for (int newer = 11; newer <= 20; newer++) {
            ConsistencyProof proof = rewritten.consistency(10, newer);
            assertThat(proof.check(TREE.head(10), rewritten.head(newer)).isVerified())
                    .isFalse();
        }
    }

    private static void assertVerified(List<Sha256> path, int older, int newer) {
        if (!check(path, older, newer)) {
            throw new AssertionError(older + " to " + newer + " does not verify");
        }
    }

    private static void assertRefused(List<Sha256> path, int older, int newer) {
        if (check(path, older, newer)) {
            throw new AssertionError(older + " to " + newer + " verifies with an altered path");
        }
    }

    private static boolean check(List<Sha256> path, int older, int newer) {
        return new ConsistencyProof(path)
                .check(TREE.head(older), TREE.head(newer))
                .isVerified();
    }
}
