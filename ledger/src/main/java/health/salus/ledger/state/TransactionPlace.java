package health.salus.ledger.state;

/**
 * Where a transaction is.
 *
 * @param height of its block
 * @param index of its entry in the log
 */
public record TransactionPlace(long height, long index) {}
