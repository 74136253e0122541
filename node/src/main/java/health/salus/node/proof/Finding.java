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
        /**
         * It went around the gateway, or the node died after the server had stored it; nobody can tell which. It is sealed
         * since, as it was found.
         */
        UNSEALED,
        /** It has no canonical form, as where a number has more digits than any reader takes; it can't be proven. */
        UNSEALABLE,
        /** It was sealed, but the server no longer hands it out. */
        MISSING
    }

    public Finding {
        parts = Set.copyOf(parts);
    }
}
