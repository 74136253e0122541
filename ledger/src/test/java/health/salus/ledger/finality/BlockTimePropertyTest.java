package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.Proposal;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignedNote;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BlockTimePropertyTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final TestWitnesses FOUR = new TestWitnesses(4);
    private static final Ruling RULING = FOUR.ruling();

    @Property(tries = 200)
    void one_liar_of_four_cannot_move_the_time_beyond_an_honest_clock(
            @ForAll @IntRange(min = 0, max = 3) int honest,
            @ForAll @Size(max = 3) List<@IntRange(min = -7_200, max = 7_200) Integer> honestOffsets,
            @ForAll @LongRange(min = -100_000, max = 200_000_000_000L) long lie,
            @ForAll @LongRange(min = -100_000, max = 200_000_000_000L) long claimed) {
        List<SignedNote> clocks = new ArrayList<>();
        Instant latestHonest = Instant.MIN;
        for (int i = 0; i < Math.min(honest, honestOffsets.size()); i++) {
            Instant time = NOON.plusSeconds(honestOffsets.get(i));
            latestHonest = time.isAfter(latestHonest) ? time : latestHonest;
            clocks.add(FOUR.clock(i, time));
        }
        clocks.add(FOUR.clock(3, NOON.plusSeconds(lie)));
        Instant previous = NOON.minusSeconds(10_000);

        Instant time = BlockTime.of(proposal(NOON.plusSeconds(claimed), clocks), previous, RULING);

        assertThat(time).isAfterOrEqualTo(previous);
        assertThat(time)
                .isBeforeOrEqualTo(
                        latestHonest.equals(Instant.MIN)
                                        || latestHonest
                                                .plus(BlockTime.TOLERANCE)
                                                .isBefore(previous)
                                ? previous
                                : latestHonest.plus(BlockTime.TOLERANCE));
        assertThat(BlockTime.of(proposal(NOON.plusSeconds(claimed), clocks), previous, RULING))
                .isEqualTo(time);
    }

    @Example
    void the_clock_of_one_more_than_may_lie_is_the_bound() {
        Instant previous = NOON.minusSeconds(10_000);
        SignedNote exact = FOUR.clock(0, NOON);
        SignedNote ahead = FOUR.clock(1, NOON.plus(Duration.ofDays(365)));
        SignedNote late = FOUR.clock(2, NOON.minusSeconds(100));

        assertThat(of(NOON, previous, List.of(exact, ahead))).isEqualTo(NOON);
        assertThat(of(NOON.plusSeconds(60), previous, List.of(exact, ahead))).isEqualTo(NOON.plusSeconds(60));
        assertThat(of(NOON.plusSeconds(61), previous, List.of(exact, ahead))).isEqualTo(NOON.plusSeconds(60));
        assertThat(of(NOON, previous, List.of(exact, late))).isEqualTo(NOON.minusSeconds(40));
        assertThat(of(NOON, previous, List.of(exact))).isEqualTo(previous);
        assertThat(of(NOON, previous, List.of(exact, exact, exact))).isEqualTo(previous);
        assertThat(of(NOON, previous, List.of())).isEqualTo(previous);
        assertThat(of(NOON.minusSeconds(20_000), previous, List.of(exact, ahead)))
                .isEqualTo(previous);
        assertThat(BlockTime.of(proposal(NOON, List.of()), previous, new Ruling(WitnessSet.NONE, TestWitnesses.ORIGIN)))
                .isEqualTo(NOON);
    }

    /** The largest time that the format has room for, which no {@code Instant} holds. */
    @Example
    void a_cosignature_of_an_impossible_time_is_none() {
        byte[] signature = ByteBuffer.allocate(72).putLong(Long.MAX_VALUE).array();
        NoteSignature impossible = new NoteSignature(
                FOUR.witness(0).verifier().name(), FOUR.witness(0).verifier().keyId(), signature);
        String text = Histories.forged(TestWitnesses.ORIGIN, 2).text();

        assertThat(RULING.signerOf(text, impossible)).isEmpty();
        SignedNote lastDay = FOUR.clock(0, Instant.parse("+10000-01-01T00:00:00Z"));
        assertThat(RULING.signerOf(lastDay.text(), lastDay.signatures().getFirst()))
                .isEmpty();
        assertThat(of(NOON, NOON, List.of(new SignedNote(text, List.of(impossible)), lastDay)))
                .isEqualTo(NOON);
    }

    private static Instant of(Instant claimed, Instant previous, List<SignedNote> clocks) {
        return BlockTime.of(proposal(claimed, clocks), previous, RULING);
    }

    private static Proposal proposal(Instant time, List<SignedNote> clocks) {
        return new Proposal(time, clocks, List.of(Candidate.of(new byte[] {'x'})));
    }
}
