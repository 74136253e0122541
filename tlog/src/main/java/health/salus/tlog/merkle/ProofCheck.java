package health.salus.tlog.merkle;

/** What checking a Merkle proof found. */
public sealed interface ProofCheck {
    /** The proof shows what it claims. */
    record Verified() implements ProofCheck {}

    /** The proof shows nothing; {@code reason} names the step of RFC 9162 that failed and holds no data. */
    record Refused(String reason) implements ProofCheck {}

    /** Whether the proof shows what it claims. */
    default boolean isVerified() {
        return this instanceof Verified;
    }
}
