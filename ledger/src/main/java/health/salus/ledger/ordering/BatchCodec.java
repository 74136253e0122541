package health.salus.ledger.ordering;

import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Proposals as bytes, big-endian: a byte 1; the time in milliseconds, 8 bytes; how many clocks, 2 bytes, and each as 2
 * bytes of length and a note in UTF-8; how many transactions, 2 bytes, and each as 2 bytes of length and a compact JWS.
 * Every node finds the same bytes readable or unreadable.
 */
public final class BatchCodec {
    private static final byte VERSION = 1;

    private BatchCodec() {}

    /** Leads back through {@link #decode}, without the verified keys. */
    public static byte[] encode(Proposal proposal) {
        List<byte[]> clocks = proposal.clocks().stream()
                .map(note -> note.encode().getBytes(StandardCharsets.UTF_8))
                .toList();
        List<byte[]> transactions =
                proposal.candidates().stream().map(Candidate::jws).toList();
        int length = 1 + Long.BYTES + length(clocks) + length(transactions);
        ByteBuffer bytes = ByteBuffer.allocate(length).put(VERSION);
        bytes.putLong(proposal.time().toEpochMilli());
        put(bytes, clocks);
        put(bytes, transactions);
        return bytes.array();
    }

    private static int length(List<byte[]> items) {
        return items.stream().mapToInt(item -> Short.BYTES + item.length).sum() + Short.BYTES;
    }

    private static void put(ByteBuffer bytes, List<byte[]> items) {
        bytes.putShort((short) items.size());
        for (byte[] item : items) {
            if (item.length > 0xffff) {
                throw new IllegalArgumentException("item of " + item.length + " bytes (expected: at most 65535)");
            }
            bytes.putShort((short) item.length).put(item);
        }
    }

    /**
     * Reads a proposal. Transactions that cannot be read are part of it, as they will be of the block.
     *
     * @throws IllegalArgumentException for bytes that are no proposal
     */
    public static Proposal decode(byte[] batch) {
        Parts parts = parts(batch);
        return new Proposal(
                Instant.ofEpochMilli(parts.time()),
                parts.clocks(),
                parts.transactions().stream().map(Candidate::of).toList());
    }

    /**
     * Finds out whether {@link #decode} would read these bytes, without reading each transaction.
     *
     * @throws IllegalArgumentException if it would not
     */
    public static void requireReadable(byte[] batch) {
        parts(batch);
    }

    private record Parts(long time, List<SignedNote> clocks, List<byte[]> transactions) {}

    private static Parts parts(byte[] batch) {
        ByteBuffer bytes = ByteBuffer.wrap(batch);
        try {
            if (bytes.get() != VERSION) {
                throw new IllegalArgumentException("batch of an unknown version");
            }
            long time = bytes.getLong();
            List<SignedNote> clocks = items(bytes, Proposal.MAX_CLOCKS).stream()
                    .map(SignedNote::parse)
                    .toList();
            List<byte[]> transactions = items(bytes, BlockHeader.MAX_TRANSACTIONS);
            for (byte[] jws : transactions) {
                if (jws.length < 1 || jws.length > Transaction.MAX_BYTES) {
                    throw new IllegalArgumentException("batch with a transaction of " + jws.length
                            + " bytes (expected: 1 to " + Transaction.MAX_BYTES + ")");
                }
            }
            if (transactions.isEmpty() || time < 0 || bytes.hasRemaining()) {
                throw new IllegalArgumentException(
                        "batch without transactions, before 1970, or with bytes after its end");
            }
            return new Parts(time, clocks, transactions);
        } catch (BufferUnderflowException | NoteException e) {
            throw new IllegalArgumentException("malformed batch", e);
        }
    }

    private static List<byte[]> items(ByteBuffer bytes, int most) {
        int count = Short.toUnsignedInt(bytes.getShort());
        if (count > most) {
            throw new IllegalArgumentException("batch of " + count + " items (expected: at most " + most + ")");
        }
        List<byte[]> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = Short.toUnsignedInt(bytes.getShort());
            if (length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] item = new byte[length];
            bytes.get(item);
            items.add(item);
        }
        return items;
    }
}
