package health.salus.tlog.proof;

import health.salus.tlog.note.Checkpoint;

/** What checking a proof file found. */
public sealed interface TlogProofCheck {
    /** The entry is in the log, as this checkpoint of it states. */
    record Verified(Checkpoint checkpoint) implements TlogProofCheck {}

    /** Nothing is shown; {@code reason} is one line without content of the proof. */
    record Refused(String reason) implements TlogProofCheck {}

    /** Whether the entry is shown to be in the log. */
    default boolean isVerified() {
        return this instanceof Verified;
    }
}
