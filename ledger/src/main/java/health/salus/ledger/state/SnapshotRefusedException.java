package health.salus.ledger.state;

/**
 * What another node sent as a snapshot is not what a quorum has made final. Nothing of it is used; another node may have a
 * true one.
 */
public final class SnapshotRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what which part, and what is wrong with it */
    public SnapshotRefusedException(String what) {
        super(what);
    }

    /** @param what which part, and what is wrong with it */
    public SnapshotRefusedException(String what, Throwable cause) {
        super(what, cause);
    }
}
