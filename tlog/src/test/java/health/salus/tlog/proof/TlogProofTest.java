package health.salus.tlog.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.ReferenceTree;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final String ORIGIN = "example.org/log";
    private static final NoteSigner LOG = NoteSigner.generate(ORIGIN, new SecureRandom());
    private static final ReferenceTree TREE = ReferenceTree.of(100);
    private static final SignedNote CHECKPOINT = new Checkpoint(ORIGIN, TREE.head(100)).sign(LOG);
    private static final TlogProof PROOF = TlogProof.of(TREE.inclusion(42, 100), CHECKPOINT);

    @Test
    void a_proof_of_an_entry_verifies_with_the_key_of_the_log_alone() {
        assertThat(PROOF.check(TREE.leaf(42), LOG.verifier()))
                .isEqualTo(new TlogProofCheck.Verified(new Checkpoint(ORIGIN, TREE.head(100))));
    }

    @Test
    void the_file_leads_back() {
        assertThat(TlogProof.parse(PROOF.encode())).isEqualTo(PROOF);
        TlogProof withExtra = PROOF.withExtra(new byte[] {1, 2, 3});
        assertThat(withExtra.encode()).contains("\nextra AQID\nindex 42\n");
        assertThat(TlogProof.parse(withExtra.encode())).isEqualTo(withExtra);
        assertThat(TlogProof.parse(withExtra.encode()).extra())
                .hasValueSatisfying(extra -> assertThat(extra).containsExactly(1, 2, 3));
        TlogProof ofOne = TlogProof.of(TREE.inclusion(0, 1), new Checkpoint(ORIGIN, TREE.head(1)).sign(LOG));
        assertThat(TlogProof.parse(ofOne.encode())).isEqualTo(ofOne);
        assertThat(ofOne.check(TREE.leaf(0), LOG.verifier()).isVerified()).isTrue();
    }

    @Test
    void a_flipped_byte_anywhere_in_the_file_is_noticed() {
        byte[] whole = PROOF.encode().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at++) {
            byte[] tampered = whole.clone();
            tampered[at] ^= 1;
            assertThat(verifies(new String(tampered, StandardCharsets.UTF_8)))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    private static boolean verifies(String file) {
        try {
            return TlogProof.parse(file).check(TREE.leaf(42), LOG.verifier()).isVerified();
        } catch (NoteException e) {
            return false;
        }
    }

    @Test
    void another_leaf_key_index_or_origin_is_refused() {
        NoteSigner other = NoteSigner.generate(ORIGIN, new SecureRandom());
        assertThat(PROOF.check(TREE.leaf(41), LOG.verifier()).isVerified()).isFalse();
        assertThat(PROOF.check(TREE.leaf(42), other.verifier()).isVerified()).isFalse();
        InclusionProof moved = new InclusionProof(41, PROOF.inclusion().path());
        assertThat(TlogProof.of(moved, CHECKPOINT)
                        .check(TREE.leaf(42), LOG.verifier())
                        .isVerified())
                .isFalse();
        SignedNote foreign = new Checkpoint("example.org/other", TREE.head(100)).sign(LOG);
        assertThat(TlogProof.of(PROOF.inclusion(), foreign)
                        .check(TREE.leaf(42), LOG.verifier())
                        .isVerified())
                .isFalse();
    }

    @Test
    void a_proof_against_a_root_that_nobody_signed_is_refused() {
        SignedNote unsigned = new SignedNote(CHECKPOINT.text(), java.util.List.of(LOG.sign("something else\n")));
        assertThat(TlogProof.of(PROOF.inclusion(), unsigned)
                        .check(TREE.leaf(42), LOG.verifier())
                        .isVerified())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v2\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nextra AQID\n",
                "c2sp.org/tlog-proof@v1\nextra AQI\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n",
                "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nindex 0\n"
            })
    void malformed_files_are_refused(String head) {
        assertThatThrownBy(() -> TlogProof.parse(head + "\n" + CHECKPOINT.encode()))
                .isInstanceOf(NoteException.class);
    }

    @Test
    void a_path_of_64_hashes_is_refused() {
        String hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        String file = "c2sp.org/tlog-proof@v1\nindex 0\n" + hash.repeat(64) + "\n" + CHECKPOINT.encode();
        assertThatThrownBy(() -> TlogProof.parse(file)).isInstanceOf(NoteException.class);
    }
}
