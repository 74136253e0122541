package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static final Frame FRAME = Frame.of(7, -3, TestNode.proposal("text"));

    @Test
    void a_frame_says_what_was_put_into_it() {
        Frame read = Frame.parse(FRAME.bytes());

        assertThat(read.first()).isEqualTo(7);
        assertThat(read.id()).isEqualTo(-3);
        assertThat(BatchCodec.encode(read.proposal())).isEqualTo(BatchCodec.encode(TestNode.proposal("text")));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 9, 17})
    void what_is_too_short_is_no_frame(int length) {
        byte[] cut = Arrays.copyOf(FRAME.bytes(), length);

        assertThatThrownBy(() -> Frame.parse(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void another_version_or_height_is_no_frame() {
        byte[] version = FRAME.bytes().clone();
        version[0]++;
        byte[] height = FRAME.bytes().clone();
        Arrays.fill(height, 1, 9, (byte) 0);

        assertThatThrownBy(() -> Frame.parse(version)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frame.parse(height)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_proposal_that_others_could_not_read_makes_no_frame() {
        Candidate large = new Candidate.Unreadable(new byte[Transaction.MAX_BYTES + 1], Refusal.MALFORMED);
        Proposal proposal = new Proposal(Instant.EPOCH, List.of(large));

        assertThatThrownBy(() -> Frame.of(1, 1, proposal)).isInstanceOf(IllegalArgumentException.class);
    }
}
