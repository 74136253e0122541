package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys of the {@link StateStore}: one byte for what it is, then which; numbers are 8 bytes, big-endian. */
final class StateKeys {
    /** → height, root, number of log entries: what all pages belong to. */
    static final byte[] APPLIED = {'a'};
    /** → the first height whose state is there; absent: 0. */
    static final byte[] FIRST = {'f'};
    /** height → index of the block's header in the log. */
    static final byte BLOCK = 'b';
    /** state key → height of the last change, canonical JSON (nothing: removed). */
    static final byte CURRENT = 'c';
    /** state key, 0, ~height → canonical JSON (nothing: removed); only versions that a later one replaced. */
    static final byte HISTORY = 'h';
    /** depth, nibbles → page of the state map. */
    static final byte PAGE = 'p';
    /** id → height and index of the transaction in the log. */
    static final byte TRANSACTION = 't';

    private StateKeys() {}

    static byte[] current(StateKey key) {
        byte[] text = utf8(key);
        byte[] bytes = new byte[1 + text.length];
        bytes[0] = CURRENT;
        System.arraycopy(text, 0, bytes, 1, text.length);
        return bytes;
    }

    /** The state key, ASCII, of a {@link #CURRENT} record. */
    static String name(byte[] current) {
        return new String(current, 1, current.length - 1, StandardCharsets.US_ASCII);
    }

    /** The state key that {@code text} names. @throws IllegalArgumentException if none is */
    static StateKey key(String text) {
        int slash = text.indexOf('/');
        return new StateKey(text.substring(0, Math.max(0, slash)), text.substring(slash + 1));
    }

    /** Before the {@link #CURRENT} records of all keys after {@code text}. */
    static byte[] after(String text) {
        byte[] key = text.getBytes(StandardCharsets.US_ASCII);
        byte[] after = new byte[1 + key.length + (key.length > 0 ? 1 : 0)];
        after[0] = CURRENT;
        System.arraycopy(key, 0, after, 1, key.length);
        return after;
    }

    /** Later heights come first. */
    static byte[] history(StateKey key, long height) {
        return history(current(key), height);
    }

    /** The same for the state key of a {@link #CURRENT} record. */
    static byte[] history(byte[] current, long height) {
        return ByteBuffer.allocate(current.length + 1 + Long.BYTES)
                .put(HISTORY)
                .put(current, 1, current.length - 1)
                .put((byte) 0)
                .putLong(~height)
                .array();
    }

    static byte[] block(long height) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(BLOCK).putLong(height).array();
    }

    static byte[] transaction(Sha256 id) {
        byte[] bytes = new byte[1 + Sha256.BYTES];
        bytes[0] = TRANSACTION;
        id.copyTo(bytes, 1);
        return bytes;
    }

    /** What the state map hashes: {@code contract/path}. */
    static byte[] utf8(StateKey key) {
        return key.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
