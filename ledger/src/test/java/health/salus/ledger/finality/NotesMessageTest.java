package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesMessageTest {
    private static final SignedNote NOTE = new TestWitnesses(1)
            .note(
                    new Checkpoint(
                            TestWitnesses.ORIGIN,
                            Histories.forged(TestWitnesses.ORIGIN, Long.MAX_VALUE)
                                    .head()),
                    Set.of(0));

    @Test
    void a_message_leads_back_through_its_bytes_and_the_longest_is_short_enough() {
        NotesMessage longest = new NotesMessage(Collections.nCopies(Peer.MOST_NOTES, NOTE), true);
        assertThat(NotesMessage.parse(longest.encode())).isEqualTo(longest);
        assertThat(longest.encode().length).isLessThan(NotesMessage.MAX_BYTES * 3 / 4); // names may be longer
        NotesMessage empty = new NotesMessage(List.of(), false);
        assertThat(NotesMessage.parse(empty.encode())).isEqualTo(empty);
    }

    @Test
    void more_notes_than_agreed_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotesMessage(Collections.nCopies(Peer.MOST_NOTES + 1, NOTE), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"fresh\":true}",
                "{\"fresh\":1,\"notes\":[]}",
                "{\"fresh\":true,\"notes\":[7]}",
                "{\"fresh\":true,\"notes\":[\"x\"]}",
                "{\"fresh\":true,\"notes\":[],\"more\":0}",
                "{\"fresh\":true,\"notes\":{}}",
                "\u0000",
                "{\"fresh\":true,\"notes\":[null]}"
            })
    void anything_else_is_malformed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotesMessage.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void altered_bytes_are_read_or_malformed_and_never_worse() {
        byte[] message = new NotesMessage(List.of(NOTE, NOTE), true).encode();
        Random random = new Random(1);
        for (int i = 0; i < message.length; i++) {
            byte[] altered = message.clone();
            altered[i] = (byte) random.nextInt(256);
            read(altered);
            read(Arrays.copyOf(message, i));
        }
    }

    private static void read(byte[] message) {
        try {
            assertThat(NotesMessage.parse(message)).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("malformed notes");
        }
    }
}
