package health.salus.ledger.verify;

/** Told how far a verification is, from time to time, in the thread that verifies. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (entries, of) -> {};

    /** So many entries are verified. */
    void at(long entries, long of);
}
