package health.salus.ledger.finality;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignedNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One member's verified cosignature of one checkpoint.
 *
 * @param log a verified signature of the same checkpoint by a member as the log, if one came with it
 */
record Cosignature(String organization, Checkpoint checkpoint, NoteSignature signature, Optional<NoteSignature> log) {
    long size() {
        return checkpoint.size();
    }

    Instant time() {
        return CosignatureVerifier.time(signature);
    }

    /** All of it. */
    SignedNote note() {
        return log.map(by -> new SignedNote(checkpoint.text(), List.of(by, signature)))
                .orElseGet(this::clock);
    }

    /** Only what shows the time. */
    SignedNote clock() {
        return new SignedNote(checkpoint.text(), List.of(signature));
    }

    /** Whether this one is of a larger tree, or of the same one and later. */
    boolean isNewerThan(Cosignature other) {
        return size() > other.size() || (size() == other.size() && time().isAfter(other.time()));
    }
}
