package health.salus.tlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roots and a path that the reference implementations of Certificate Transparency (RFC 6962) agree on. */
class CertificateTransparencyVectorsTest {
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void the_empty_tree_has_the_digest_of_nothing() {
        assertThat(TreeHead.EMPTY.root())
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void the_eight_leaves_give_the_eight_roots() {
        Frontier frontier = new Frontier();
        for (int i = 0; i < LEAVES.size(); i++) {
            frontier.append(MerkleHash.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(frontier.head().root()).hasToString(ROOTS.get(i));
        }
    }

    @Test
    void the_first_leaf_of_eight_has_the_published_path() {
        InclusionProof proof = new InclusionProof(
                0,
                List.of(
                        Sha256.ofHex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
                        Sha256.ofHex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                        Sha256.ofHex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")));
        TreeHead head = new TreeHead(8, Sha256.ofHex(ROOTS.get(7)));
        assertThat(proof.check(MerkleHash.leaf(new byte[0]), head)).isEqualTo(new ProofCheck.Verified());
    }
}
