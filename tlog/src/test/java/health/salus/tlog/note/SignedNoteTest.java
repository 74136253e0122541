package health.salus.tlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoteSigner ALICE = NoteSigner.generate("example.org/alice", RANDOM);
    private static final NoteSigner BOB = NoteSigner.generate("example.org/bob", RANDOM);
    private static final String TEXT = "one\n\ntwo\n";

    /** The example of c2sp.org/signed-note. */
    private static final String PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String PUBLISHED_NOTE = "This is an example message.\n\n"
            + "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    @Test
    void the_published_note_verifies_with_the_published_key() {
        SignatureVerifier key = SignatureVerifier.of(PUBLISHED_KEY);
        assertThat(key.vkey()).isEqualTo(PUBLISHED_KEY);
        SignedNote note = SignedNote.parse(PUBLISHED_NOTE);
        assertThat(note.encode()).isEqualTo(PUBLISHED_NOTE);
        assertThat(note.verify(List.of(key))).isEqualTo(new NoteCheck.Verified(note.signatures()));
    }

    @Test
    void a_flipped_byte_anywhere_in_a_note_is_noticed() {
        byte[] whole = PUBLISHED_NOTE.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] tampered = whole.clone();
                tampered[at] ^= (byte) (1 << bit);
                assertThat(verifies(tampered)).as("byte %d bit %d", at, bit).isFalse();
            }
        }
    }

    private static boolean verifies(byte[] note) {
        try {
            return SignedNote.parse(note)
                    .verify(List.of(NoteVerifier.of(PUBLISHED_KEY)))
                    .isVerified();
        } catch (NoteException e) {
            return false;
        }
    }

    @Test
    void the_text_ends_at_the_last_empty_line() {
        SignedNote note = new SignedNote(TEXT, List.of(ALICE.sign(TEXT)));
        assertThat(SignedNote.parse(note.encode())).isEqualTo(note);
    }

    @Test
    void unknown_keys_are_ignored_also_under_a_known_name() {
        NoteSigner otherAlice = NoteSigner.generate("example.org/alice", RANDOM);
        SignedNote note =
                new SignedNote(TEXT, List.of(BOB.sign("other\n"), otherAlice.sign("other\n"), ALICE.sign(TEXT)));
        assertThat(note.verify(List.of(ALICE.verifier()))).isEqualTo(new NoteCheck.Verified(List.of(ALICE.sign(TEXT))));
    }

    @Test
    void a_note_without_a_known_key_is_refused() {
        SignedNote note = new SignedNote(TEXT, List.of(BOB.sign(TEXT)));
        assertThat(note.verify(List.of(ALICE.verifier()))).isInstanceOf(NoteCheck.Refused.class);
        assertThat(note.verify(List.of())).isInstanceOf(NoteCheck.Refused.class);
    }

    @Test
    void one_failing_signature_by_a_known_key_refuses_the_note() {
        SignedNote note = new SignedNote(TEXT, List.of(ALICE.sign(TEXT), BOB.sign("other\n")));
        assertThat(note.verify(List.of(ALICE.verifier()))).isInstanceOf(NoteCheck.Verified.class);
        assertThat(note.verify(List.of(ALICE.verifier(), BOB.verifier()))).isInstanceOf(NoteCheck.Refused.class);
    }

    @Test
    void sixteen_signatures_are_accepted_and_sixty_five_are_not() {
        NoteSignature signature = ALICE.sign(TEXT);
        String line = signature.line() + "\n";
        SignedNote sixteen = SignedNote.parse(TEXT + "\n" + line.repeat(16));
        assertThat(sixteen.verify(List.of(ALICE.verifier())).isVerified()).isTrue();
        assertThatThrownBy(() -> SignedNote.parse(TEXT + "\n" + line.repeat(65)))
                .isInstanceOf(NoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nnot a signature\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAA==\n",
                "text\n\n\u2014 name AAAAAAB=\n",
                "text\n\n\u2014 na+me AAAAAAA=\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAA=",
                "te\txt\n\n\u2014 name AAAAAAA=\n",
                "te\r\n\n\u2014 name AAAAAAA=\n"
            })
    void malformed_notes_are_refused(String note) {
        assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(NoteException.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] bytes = PUBLISHED_NOTE.getBytes(StandardCharsets.UTF_8);
        bytes[0] = (byte) 0xff;
        assertThatThrownBy(() -> SignedNote.parse(bytes)).isInstanceOf(NoteException.class);
    }
}
