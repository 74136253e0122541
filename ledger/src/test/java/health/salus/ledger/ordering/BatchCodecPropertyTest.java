package health.salus.ledger.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.testing.TestNetwork;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BatchCodecPropertyTest {
    private static final TestNetwork NETWORK = new TestNetwork();
    private static final NoteSigner KEY = NoteSigner.generate("example.org/log", new SecureRandom());

    @Property(tries = 100)
    void a_batch_leads_back_through_its_bytes(
            @ForAll @LongRange(min = 0) long time,
            @ForAll @IntRange(max = Proposal.MAX_CLOCKS) int clocks,
            @ForAll @Size(max = 5) List<@Size(min = 1, max = 300) byte[]> garbage) {
        byte[] bytes = BatchCodec.encode(proposal(time, clocks, garbage));

        Proposal read = BatchCodec.decode(bytes);

        assertThat(BatchCodec.encode(read)).isEqualTo(bytes);
        assertThat(read.time().toEpochMilli()).isEqualTo(time);
        assertThat(read.clocks()).hasSize(clocks);
        assertThat(read.candidates()).hasSize(garbage.size() + 1);
        assertThat(read.candidates().getLast()).isInstanceOf(Candidate.Parsed.class);
    }

    @Property(tries = 30)
    void bytes_cut_anywhere_are_refused(
            @ForAll @IntRange(max = 2) int clocks,
            @ForAll @Size(max = 2) List<@Size(min = 1, max = 40) byte[]> garbage) {
        byte[] bytes = BatchCodec.encode(proposal(7, clocks, garbage));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(read(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(read(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }

    @Property(tries = 1_000)
    void altered_bytes_are_a_batch_or_refused_and_always_the_same(
            @ForAll @IntRange(max = 2) int clocks,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 10_000) Integer> places,
            @ForAll byte value) {
        byte[] bytes = BatchCodec.encode(proposal(7, clocks, List.of()));
        for (int place : places) {
            bytes[place % bytes.length] ^= (byte) (value + place);
        }
        Optional<Proposal> once = read(bytes.clone());

        assertThat(read(bytes.clone()).map(BatchCodec::encode).isPresent()).isEqualTo(once.isPresent());
        once.ifPresent(read -> assertThat(BatchCodec.encode(read)).isEqualTo(bytes));
    }

    @Property(tries = 500)
    void any_bytes_are_a_batch_or_refused(@ForAll byte[] bytes) {
        read(bytes).ifPresent(read -> assertThat(BatchCodec.encode(read)).isEqualTo(bytes));
    }

    private static Optional<Proposal> read(byte[] bytes) {
        try {
            BatchCodec.requireReadable(bytes);
            return Optional.of(BatchCodec.decode(bytes));
        } catch (IllegalArgumentException e) {
            assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.requireReadable(bytes));
            return Optional.empty();
        }
    }

    private static Proposal proposal(long time, int clocks, List<byte[]> garbage) {
        List<SignedNote> notes = new ArrayList<>();
        for (int i = 0; i < clocks; i++) {
            String text = "clock " + i + "\n";
            notes.add(new SignedNote(text, List.of(KEY.sign(text))));
        }
        List<Candidate> candidates = new ArrayList<>();
        garbage.forEach(bytes -> candidates.add(Candidate.of(bytes)));
        candidates.add(Candidate.of(NETWORK.add(1, 1).jws()));
        return new Proposal(Instant.ofEpochMilli(time), notes, candidates);
    }
}
