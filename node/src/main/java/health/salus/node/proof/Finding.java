package health.salus.node.proof;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Part;
import java.time.Instant;
import java.util.Set;

/**
 * Something about a stored version that the organization must look into.
 *
 * @param parts what differs, with {@link Kind#ALTERED}
 */
public record Finding(Kind kind, ResourceVersion version, Set<Part> parts, Instant time) {
    /** What is wrong. */
    public enum Kind {
        /** It isn't what was sealed. */
        ALTERED,
        /** It was not written through the gateway; it is sealed since. */
        UNSEALED,
        /** It was sealed, but the server no longer has it. */
        MISSING
    }

    public Finding {
        parts = Set.copyOf(parts);
    }
}
