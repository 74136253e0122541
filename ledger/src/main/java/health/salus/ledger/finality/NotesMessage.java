package health.salus.ledger.finality;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.util.List;

/**
 * Checkpoints with cosignatures as nodes send them to each other, in either direction: JSON {@code {"fresh","notes"}}, each
 * note a string.
 *
 * @param notes at most {@value Peer#MOST_NOTES}
 * @param fresh of a request: whether the newest are asked for; of an answer: false
 */
public record NotesMessage(List<SignedNote> notes, boolean fresh) {
    /** Longest message; {@value Peer#MOST_NOTES} notes, each signed and cosigned once, are shorter. */
    public static final int MAX_BYTES = JsonReader.MAX_BYTES;

    public NotesMessage {
        notes = List.copyOf(notes);
        if (notes.size() > Peer.MOST_NOTES) {
            throw new IllegalArgumentException(notes.size() + " notes (expected: at most " + Peer.MOST_NOTES + ")");
        }
    }

    /** Reads a message. @throws IllegalArgumentException if it is malformed */
    public static NotesMessage parse(byte[] message) {
        try {
            JsonObject json = JsonReader.object(message);
            if (json.members().size() == 2
                    && json.members().get("fresh") instanceof JsonBoolean(boolean fresh)
                    && json.members().get("notes") instanceof JsonArray(List<Json> notes)
                    && notes.size() <= Peer.MOST_NOTES) {
                return new NotesMessage(notes.stream().map(NotesMessage::note).toList(), fresh);
            }
        } catch (JsonException | NoteException e) {
            throw new IllegalArgumentException("malformed notes: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "malformed notes (expected: fresh, and at most " + Peer.MOST_NOTES + " notes)");
    }

    private static SignedNote note(Json note) {
        if (note instanceof JsonString(String text)) {
            return SignedNote.parse(text);
        }
        throw new NoteException("note that is not a string");
    }

    /** Leads back through {@link #parse}. */
    public byte[] encode() {
        return JsonObject.builder()
                .put("fresh", new JsonBoolean(fresh))
                .put(
                        "notes",
                        new JsonArray(notes.stream()
                                .<Json>map(note -> new JsonString(note.encode()))
                                .toList()))
                .build()
                .canonical();
    }
}
