package health.salus.ledger;

import java.time.InstantSource;

/**
 * Settings with defaults that suit most nodes.
 *
 * @param clock what the node proposes as time and checks expiries against
 * @param maxInFlight how many transactions may be submitted and not yet answered; more are refused as busy
 * @param maxBlockTransactions most transactions in a block, 1 to 1,024
 * @param maxBlockBytes a block ends before the transaction that would make it longer
 * @param verifiers threads that check transactions before they are ordered
 */
public record LedgerOptions(
        InstantSource clock, int maxInFlight, int maxBlockTransactions, int maxBlockBytes, int verifiers) {
    /** The system's clock, 8,192 in flight, blocks of 1,024 transactions or 4 MiB, a thread for each processor. */
    public static final LedgerOptions DEFAULT = new LedgerOptions(
            InstantSource.system(), 8_192, 1_024, 4 << 20, Runtime.getRuntime().availableProcessors());

    public LedgerOptions {
        if (maxInFlight < 1
                || maxBlockTransactions < 1
                || maxBlockTransactions > 1_024
                || maxBlockBytes < 65_536
                || verifiers < 1) {
            throw new IllegalArgumentException("ledger options (expected: at least 1 in flight, blocks of 1 to 1024 "
                    + "transactions and at least 65536 bytes, at least 1 verifier)");
        }
    }

    /** The same with another clock. */
    public LedgerOptions withClock(InstantSource other) {
        return new LedgerOptions(other, maxInFlight, maxBlockTransactions, maxBlockBytes, verifiers);
    }

    /** The same with another bound. */
    public LedgerOptions withMaxInFlight(int other) {
        return new LedgerOptions(clock, other, maxBlockTransactions, maxBlockBytes, verifiers);
    }
}
