package health.salus.fhir.provenance;

import health.salus.fhir.seal.Part;
import health.salus.tlog.note.Checkpoint;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What checking a resource against its receipt found. */
public sealed interface ReceiptCheck {
    /** The resource is the version that the log holds, as this checkpoint states. */
    record Genuine(Checkpoint checkpoint) implements ReceiptCheck {}

    /** These parts of the resource are not what the receipt was made for. */
    record Altered(Set<Part> parts) implements ReceiptCheck {
        public Altered {
            parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
        }
    }

    /** The resource fits the receipt, but the receipt does not show that the log holds it; the reason is one line. */
    record Unproven(String reason) implements ReceiptCheck {}
}
