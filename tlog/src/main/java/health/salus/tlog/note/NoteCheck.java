package health.salus.tlog.note;

import java.util.List;

/** What verifying a note against known keys found. */
public sealed interface NoteCheck {
    /**
     * At least one known key signed, and no known key's signature failed.
     *
     * @param signatures those of known keys, in the order of the note
     */
    record Verified(List<NoteSignature> signatures) implements NoteCheck {
        public Verified {
            signatures = List.copyOf(signatures);
        }
    }

    /** The text must not be believed; {@code reason} names keys but holds no text of the note. */
    record Refused(String reason) implements NoteCheck {}

    /** Whether the text may be believed. */
    default boolean isVerified() {
        return this instanceof Verified;
    }
}
