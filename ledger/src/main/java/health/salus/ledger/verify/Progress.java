package health.salus.ledger.verify;

/** Told how far a verification or a copy is, from time to time, in the thread that does it. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (entries, of) -> {};

    /** So many entries are done. */
    void at(long entries, long of);
}
