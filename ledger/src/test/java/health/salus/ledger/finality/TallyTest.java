package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.ledger.block.BlockHeader;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final TestWitnesses FOUR = new TestWitnesses(4);
    private static final Ruling RULING = FOUR.ruling();

    private final Tally tally =
            new Tally(TestWitnesses.ORIGIN, NoteSigner.generate(TestWitnesses.ORIGIN, new SecureRandom()));

    @Test
    void what_waits_is_bounded_however_long_nothing_is_final() {
        for (int height = 1; height <= 10_000; height++) {
            tally.add(block(height, false));
        }
        assertThat(tally.pending()).hasSize(4_096);
        assertThat(tally.pending().getLast().height()).isEqualTo(10_000);
        cosign(10_000, 0, 1, 2);
        assertThat(tally.settle()).extracting(PendingBlock::height).containsExactly(10_000L);
        assertThat(tally.pending()).isEmpty();
    }

    @Test
    void nothing_counts_beyond_a_change_of_the_witnesses_until_that_is_final() {
        tally.add(block(1, true));
        tally.add(block(2, false));
        cosign(2, 0, 1, 2);
        assertThat(tally.settle()).isEmpty();
        assertThat(tally.gate()).map(PendingBlock::height).contains(1L);
        cosign(1, 0, 1);
        assertThat(tally.settle()).isEmpty();
        cosign(1, 3);
        assertThat(tally.settle()).extracting(PendingBlock::height).containsExactly(1L, 2L);
        assertThat(tally.gate()).isEmpty();
    }

    @Test
    void cosignatures_of_blocks_to_come_wait_for_them() {
        tally.add(block(1, false));
        cosign(2, 0, 1, 2);
        assertThat(tally.settle()).isEmpty();
        tally.add(block(2, false));
        assertThat(tally.settle()).extracting(PendingBlock::height).containsExactly(2L);
    }

    @Test
    void a_size_that_ends_no_block_here_is_given_back_to_be_compared() {
        tally.add(block(1, false));
        count(Histories.forged(TestWitnesses.ORIGIN, size(2) - 1), 0);
        assertThat(tally.add(block(2, false))).extracting(Cosignature::size).containsExactly(size(2) - 1);
    }

    @Test
    void a_liar_fills_neither_memory_nor_disk() {
        for (int i = 0; i < 3_000; i++) {
            count(Histories.forged(TestWitnesses.ORIGIN, 1_000_000 + i), 3);
        }
        for (int height = 1; height <= 100; height++) {
            tally.add(block(height, false));
            count(Histories.forged(TestWitnesses.ORIGIN, size(height)), 3);
        }
        assertThat(tally.takeEvidence()).hasSize(32);
        assertThat(tally.contradicting()).containsExactly("m03");
        tally.add(block(1_000_000, false));
        assertThat(tally.add(block(1_000_001, false))).hasSizeLessThanOrEqualTo(1_024);
    }

    private void cosign(int height, int... members) {
        for (int member : members) {
            count(block(height, false).checkpoint(), member);
        }
    }

    private void count(Checkpoint checkpoint, int member) {
        tally.count(
                new Cosignature(
                        TestWitnesses.name(member),
                        checkpoint,
                        FOUR.witness(member).sign(checkpoint.text(), Instant.EPOCH),
                        Optional.empty()),
                Optional.empty());
    }

    private static long size(int height) {
        return 2 + 2L * height;
    }

    private static PendingBlock block(int height, boolean handover) {
        Sha256 root = Sha256.of(new byte[] {(byte) height, (byte) (height >> 8)});
        BlockHeader header = new BlockHeader(
                height,
                size(height) - 2,
                1,
                Instant.EPOCH,
                Collections.emptySortedMap(),
                root,
                root,
                handover ? Optional.of(FOUR.set) : Optional.empty());
        return new PendingBlock(header, new Checkpoint(TestWitnesses.ORIGIN, new TreeHead(size(height), root)), RULING);
    }
}
