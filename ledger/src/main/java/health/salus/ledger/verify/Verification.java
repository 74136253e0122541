package health.salus.ledger.verify;

import health.salus.foundation.Sha256;
import java.util.List;

/** What verifying a ledger found. */
public sealed interface Verification {
    /**
     * Every entry has its place in the tree, every signature was checked, every outcome and every state root is what
     * executing gives.
     *
     * @param entries how many the log has
     * @param root of its tree
     * @param height of the last block
     * @param transactions how many were executed, rejected ones included
     */
    record Clean(String network, long entries, Sha256 root, long height, long transactions) implements Verification {}

    /** Something is not what it should be. */
    record Damaged(List<Finding> findings) implements Verification {
        public Damaged {
            findings = List.copyOf(findings);
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param part {@code log}, {@code block} or {@code state}
     * @param what file, entry, height or key, and what is wrong; no content
     */
    record Finding(String part, String what) {}

    /** Whether nothing is wrong. */
    default boolean isClean() {
        return this instanceof Clean;
    }
}
