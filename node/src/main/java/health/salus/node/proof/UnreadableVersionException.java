package health.salus.node.proof;

/** The server behind did not hand out a version that it should have. A retry can help. */
public final class UnreadableVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableVersionException(int status) {
        super("FHIR server answered a read of one version with status " + status);
    }
}
