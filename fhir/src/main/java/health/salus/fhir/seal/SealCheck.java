package health.salus.fhir.seal;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Whether a resource is what a seal was made of. */
public sealed interface SealCheck {
    /** Nothing that the seal covers differs. */
    record Matches() implements SealCheck {}

    /** {@code parts}, at least one, differ. */
    record Differs(Set<Part> parts) implements SealCheck {
        public Differs {
            parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
        }
    }

    /** Whether nothing differs. */
    default boolean matches() {
        return this instanceof Matches;
    }
}
