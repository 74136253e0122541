package health.salus.ordering.raft;

import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a node puts into the Raft log, big-endian: a byte 1; the height that the batch has if it is the first of the log,
 * 8 bytes; a number by which its proposer knows it again, 8 bytes; the batch as {@link BatchCodec} writes it.
 */
final class Frame {
    /** Most bytes of a batch. */
    static final int MAX_BATCH_BYTES = 8 << 20;

    private static final byte VERSION = 1;
    private static final int HEADER = 1 + 2 * Long.BYTES;

    private final byte[] bytes;

    private Frame(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException for a batch that is too large, or that others could not read */
    static Frame of(long first, long id, Proposal proposal) {
        byte[] batch = BatchCodec.encode(proposal);
        if (batch.length > MAX_BATCH_BYTES) {
            throw new IllegalArgumentException(
                    "batch of " + batch.length + " bytes (expected: at most " + MAX_BATCH_BYTES + ")");
        }
        BatchCodec.requireReadable(batch); // it would take a height here and nowhere else
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + batch.length);
        return new Frame(
                buffer.put(VERSION).putLong(first).putLong(id).put(batch).array());
    }

    /** @throws IllegalArgumentException for bytes that are no frame */
    static Frame parse(byte[] bytes) {
        if (bytes.length <= HEADER || bytes.length > HEADER + MAX_BATCH_BYTES || bytes[0] != VERSION) {
            throw new IllegalArgumentException("entry of " + bytes.length + " bytes that is no batch");
        }
        Frame frame = new Frame(bytes);
        if (frame.first() < 1) {
            throw new IllegalArgumentException("batch that begins at height " + frame.first());
        }
        return frame;
    }

    byte[] bytes() {
        return bytes;
    }

    long first() {
        return ByteBuffer.wrap(bytes).getLong(1);
    }

    long id() {
        return ByteBuffer.wrap(bytes).getLong(1 + Long.BYTES);
    }

    /** @throws IllegalArgumentException for bytes that are no proposal */
    Proposal proposal() {
        return BatchCodec.decode(Arrays.copyOfRange(bytes, HEADER, bytes.length));
    }
}
