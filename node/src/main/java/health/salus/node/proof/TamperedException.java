package health.salus.node.proof;

import health.salus.fhir.ResourceVersion;

/** A stored version isn't what was sealed. It must not leave; a retry can't help. */
public final class TamperedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ResourceVersion version;

    TamperedException(ResourceVersion version) {
        super("stored version differs from its seal");
        this.version = version;
    }

    /** Which one. */
    public ResourceVersion version() {
        return version;
    }
}
