package health.salus.node.records;

import health.salus.fhir.ResourceVersion;
import java.util.Optional;
import java.util.OptionalLong;

/** What is kept of a sealed version. Immutable. */
public final class KeptSeal {
    private final ResourceVersion version;
    private final Optional<byte[]> seal;
    private final OptionalLong position;

    KeptSeal(ResourceVersion version, Optional<byte[]> seal, OptionalLong position) {
        this.version = version;
        this.seal = seal;
        this.position = position;
    }

    /** Which version. */
    public ResourceVersion version() {
        return version;
    }

    /** What opens the commitment; empty once it was erased. */
    public Optional<byte[]> seal() {
        return seal.map(byte[]::clone);
    }

    /** Index of the entry in the log; empty while it is being appended. */
    public OptionalLong position() {
        return position;
    }
}
