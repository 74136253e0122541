package health.salus.ledger.block;

import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.tlog.ReadableLog;
import java.util.Arrays;
import java.util.Optional;

/** An entry of the ledger's log: one ASCII letter for its kind, then its content. */
public sealed interface Entry {
    /** Letter of the first entry: what the network begins with, as canonical JSON. */
    byte GENESIS = 'G';
    /** Letter of a transaction: a compact JWS. */
    byte TRANSACTION = 'T';
    /** Letter of a block header, as canonical JSON. */
    byte BLOCK = 'B';

    /** The first entry. */
    record GenesisEntry(Genesis genesis) implements Entry {}

    /** A transaction as it was proposed; not parsed, since what cannot be parsed may be in the log, too. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record TransactionEntry(byte[] jws) implements Entry {}

    /** The end of a block. */
    record BlockEntry(BlockHeader header) implements Entry {}

    /** Entry of this kind. */
    static byte[] encode(byte kind, byte[] content) {
        byte[] entry = new byte[1 + content.length];
        entry[0] = kind;
        System.arraycopy(content, 0, entry, 1, content.length);
        return entry;
    }

    /** Reads an entry. @throws IllegalArgumentException if it is of no known kind or malformed */
    static Entry decode(byte[] entry) {
        byte kind = entry.length == 0 ? 0 : entry[0];
        try {
            return switch (kind) {
                case GENESIS -> new GenesisEntry(Genesis.of(JsonReader.object(content(entry))));
                case TRANSACTION -> new TransactionEntry(content(entry));
                case BLOCK -> new BlockEntry(BlockHeader.ofJson(JsonReader.object(content(entry))));
                default -> throw new IllegalArgumentException("entry of unknown kind (expected: G, T or B)");
            };
        } catch (JsonException e) {
            throw new IllegalArgumentException("entry of kind " + (char) kind + " unreadable: " + e.getMessage(), e);
        }
    }

    /** The header that ends the first {@code size} entries of a ledger's log; empty where none does. */
    static Optional<BlockHeader> headerAt(ReadableLog log, long size) {
        if (size < 1 || size > log.head().size()) {
            return Optional.empty();
        }
        try {
            return decode(log.entry(size - 1)) instanceof BlockEntry(BlockHeader header)
                    ? Optional.of(header)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what else it is, verifying the log tells
        }
    }

    private static byte[] content(byte[] entry) {
        return Arrays.copyOfRange(entry, 1, entry.length);
    }
}
