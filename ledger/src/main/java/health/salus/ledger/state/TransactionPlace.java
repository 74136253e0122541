package health.salus.ledger.state;

import java.nio.ByteBuffer;

/**
 * Where a transaction is.
 *
 * @param height of its block
 * @param index of its entry in the log
 */
public record TransactionPlace(long height, long index) {
    byte[] encode() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(height)
                .putLong(index)
                .array();
    }
}
