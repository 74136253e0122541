package health.salus.tlog.proof;

import health.salus.tlog.note.Checkpoint;
import java.util.Set;

/** Whether a policy lets a checkpoint be believed. */
public sealed interface PolicyCheck {
    /**
     * It may be believed.
     *
     * @param checkpoint what the log states
     * @param witnesses names, in the policy, of those that cosigned it
     */
    record Trusted(Checkpoint checkpoint, Set<String> witnesses) implements PolicyCheck {
        public Trusted {
            witnesses = Set.copyOf(witnesses);
        }
    }

    /** It may not; {@code reason} is one line without content of the checkpoint. */
    record Refused(String reason) implements PolicyCheck {}

    /** Whether the checkpoint may be believed. */
    default boolean isTrusted() {
        return this instanceof Trusted;
    }
}
