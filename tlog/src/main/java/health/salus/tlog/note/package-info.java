/**
 * C2SP signed notes ({@link health.salus.tlog.note.SignedNote}), the keys that sign and verify them, checkpoints
 * ({@link health.salus.tlog.note.Checkpoint}) and the timestamped cosignatures of witnesses.
 */
@NullMarked
package health.salus.tlog.note;

import org.jspecify.annotations.NullMarked;
