package health.salus.ledger;

/** The steps of a commit, in their order. Whatever step a node dies after, nothing acknowledged is lost or doubled. */
enum CommitStep {
    /** The block is executed; nothing is stored. */
    EXECUTED,
    /** Its state root is computed; nothing is stored. */
    PREPARED,
    /** It is durable in the log: from here on it is part of the ledger. */
    APPENDED,
    /** The state has followed, though perhaps only in memory. */
    APPLIED,
    /** Those who wait for it have been answered. */
    ANSWERED;

    /** Told when a step is done; tests stop the world here. */
    @FunctionalInterface
    interface Watcher {
        Watcher NONE = (step, height) -> {};

        void done(CommitStep step, long height);
    }
}
