package health.salus.ledger.verify;

import java.util.Set;

/** How far a log is final, to somebody who trusts the witnesses of some time. */
public sealed interface FinalityCheck {
    /**
     * A quorum of those who are trusted, or of those whom they named, has cosigned the log up to here.
     *
     * @param height of the last block that is final
     * @param entries up to that block's header, inclusive
     * @param witnesses organizations that cosigned
     */
    record Final(long height, long entries, Set<String> witnesses) implements FinalityCheck {
        public Final {
            witnesses = Set.copyOf(witnesses);
        }
    }

    /** Nobody who is trusted says anything of the log; {@code reason} is one line without content. */
    record NotFinal(String reason) implements FinalityCheck {}

    /** A quorum of those who are trusted has cosigned another log, or a longer one; {@code what} is one line without content. */
    record Contradicted(String what) implements FinalityCheck {}
}
