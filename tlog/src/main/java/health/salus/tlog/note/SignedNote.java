package health.salus.tlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Text and the signatures under it (c2sp.org/signed-note). The text says nothing until {@link #verify} does.
 *
 * @param text ends in a newline; no control characters but newlines
 * @param signatures 1 to {@value #MAX_SIGNATURES}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** More signatures are refused, so that nobody can make verifying expensive. */
    public static final int MAX_SIGNATURES = 64;

    private static final int MAX_BYTES = 1 << 20;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new NoteException("note text (expected: ends in a newline, no other control characters)");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new NoteException(
                    "note with " + signatures.size() + " signatures (expected: 1 to " + MAX_SIGNATURES + ")");
        }
    }

    /** Reads a note in UTF-8. @throws NoteException if it is malformed or longer than 1 MiB */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new NoteException("note of " + bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new NoteException("note that is not UTF-8", e);
        }
    }

    /** Reads a note: text, an empty line, signature lines. @throws NoteException if it is malformed */
    public static SignedNote parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n") || end + 2 == note.length()) {
            throw new NoteException("note without signatures (expected: text, empty line, signature lines)");
        }
        String[] lines = note.substring(end + 2, note.length() - 1).split("\n", MAX_SIGNATURES + 2);
        if (lines.length > MAX_SIGNATURES) {
            throw new NoteException("note with too many signatures (expected: at most " + MAX_SIGNATURES + ")");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            try {
                signatures.add(NoteSignature.parse(line));
            } catch (IllegalArgumentException e) {
                throw new NoteException("note with a malformed signature line " + (signatures.size() + 1), e);
            }
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /** The whole note; leads back through {@link #parse(String)}. */
    public String encode() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return note.toString();
    }

    /** This note with one more signature. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /**
     * Verifies the signatures of known keys and ignores all others. One failing signature by a known key (same name and id)
     * refuses the note, whatever else is under it.
     */
    public NoteCheck verify(Collection<? extends NoteVerifier> known) {
        List<NoteSignature> verified = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (NoteVerifier key : known) {
                if (!key.name().equals(signature.name()) || key.keyId() != signature.keyId()) {
                    continue;
                }
                if (!key.verifies(text, signature.signature())) {
                    return new NoteCheck.Refused("the signature by " + key.name() + " does not verify");
                }
                verified.add(signature);
            }
        }
        return verified.isEmpty()
                ? new NoteCheck.Refused("no signature by a known key")
                : new NoteCheck.Verified(verified);
    }
}
