package health.salus.ledger;

/** What is stored is not a ledger that these rules could have written. The message names what. A retry cannot help. */
public final class LedgerDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what which part, what is wrong with it, and the next step if there is one */
    public LedgerDamagedException(String what) {
        super(what);
    }

    /** @param what which part, what is wrong with it, and the next step if there is one */
    public LedgerDamagedException(String what, Throwable cause) {
        super(what, cause);
    }
}
