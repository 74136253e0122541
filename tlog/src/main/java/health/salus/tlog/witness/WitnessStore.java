package health.salus.tlog.witness;

import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.util.Optional;

/** What a witness remembers. Used by one thread at a time. */
public interface WitnessStore {
    /** The last checkpoint of a log that was cosigned, with its signatures. */
    Optional<SignedNote> latest(String origin) throws IOException;

    /** Replaces the last checkpoint of a log; durable when this returns. */
    void save(String origin, SignedNote note) throws IOException;

    /** Keeps two notes by which a log has said two things about one size; durable when this returns. */
    void saveEquivocation(String origin, SignedNote cosigned, SignedNote other) throws IOException;
}
