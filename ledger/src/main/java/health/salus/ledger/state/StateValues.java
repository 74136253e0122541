package health.salus.ledger.state;

import health.salus.ledger.contract.StateKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some values of a state, ascending by the bytes of their keys: what nodes send each other of a snapshot. Encoded as, for
 * each, a length of 2 bytes, the key in ASCII ({@link StateKey#toString}), a length of 4 bytes, the canonical JSON; integers
 * big-endian. No values: there are no more.
 */
public record StateValues(List<Value> values) {
    /** A message ends with the value that makes it this long, in bytes. */
    public static final int ENOUGH_BYTES = 4 << 20;
    /** Longest value, in bytes. */
    public static final int MAX_VALUE_BYTES = 1 << 20;
    /** Longest message, in bytes. */
    public static final int MAX_BYTES = ENOUGH_BYTES + MAX_VALUE_BYTES + 1_024;

    private static final int MAX_KEY_BYTES = 200;

    /**
     * One value.
     *
     * @param key {@code contract/path}
     * @param canonical JSON, at least one byte
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Value(String key, byte[] canonical) {
        boolean isSame(Value other) {
            return key.equals(other.key) && Arrays.equals(canonical, other.canonical);
        }
    }

    public StateValues {
        values = List.copyOf(values);
    }

    /** The encoded form. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ENOUGH_BYTES + ENOUGH_BYTES / 8);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Value value : values) {
                out.writeShort(value.key().length());
                out.writeBytes(value.key());
                out.writeInt(value.canonical().length);
                out.write(value.canonical());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads {@link #encode}. @throws IllegalArgumentException for anything else */
    public static StateValues parse(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        List<Value> values = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                byte[] key = take(bytes, bytes.getShort(), MAX_KEY_BYTES);
                byte[] canonical = take(bytes, bytes.getInt(), MAX_VALUE_BYTES);
                values.add(new Value(new String(key, StandardCharsets.US_ASCII), canonical));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("values of a state cut short", e);
        }
        return new StateValues(values);
    }

    private static byte[] take(ByteBuffer bytes, int length, int most) {
        if (length < 1 || length > most) {
            throw new IllegalArgumentException(
                    "value of a state with a part of " + length + " bytes (expected: 1 to " + most + ")");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
