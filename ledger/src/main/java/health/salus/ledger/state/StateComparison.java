package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * Compares a stored state with one that was just made from the log: every version of every value, both indexes, the root.
 * What the stored one holds of later heights (after a crash it may) is passed over.
 */
public final class StateComparison {
    private final VersionedState fresh;

    private StateComparison(VersionedState fresh) {
        this.fresh = fresh;
    }

    /** Compares two states of the same height. @throws StateDamagedException naming the first difference */
    public static void compare(VersionedState stored, VersionedState fresh) {
        if (!stored.root().equals(fresh.root()) || stored.size() != fresh.size()) {
            throw new StateDamagedException("state root at height " + stored.height() + " differs from the log's");
        }
        if (stored.first() > 0) {
            compareValues(stored, fresh);
        } else {
            fresh.flush();
            new StateComparison(fresh).inStep(stored);
        }
    }

    /** A state that began with a snapshot doesn't know yet when its values were written. */
    private static void compareValues(VersionedState stored, VersionedState fresh) {
        String last = "";
        List<StateValues.Value> expected;
        do {
            expected = fresh.values(fresh.height(), last).values();
            List<StateValues.Value> found = stored.values(fresh.height(), last).values();
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                if (i >= expected.size()
                        || i >= found.size()
                        || !expected.get(i).isSame(found.get(i))) {
                    throw new StateDamagedException("value of "
                            + (i < found.size() ? found : expected).get(i).key() + " differs from what the log gives");
                }
                last = found.get(i).key();
            }
        } while (!expected.isEmpty());
    }

    /** Goes through both in the order of the keys; only where they differ, the like of each record is looked for. */
    private void inStep(VersionedState stored) {
        try (RocksIterator ours = fresh.store().iterator();
                RocksIterator theirs = stored.store().iterator()) {
            ours.seekToFirst();
            theirs.seekToFirst();
            while (ours.isValid() || theirs.isValid()) {
                int order = order(ours, theirs);
                if (order != 0 || !Arrays.equals(ours.value(), theirs.value())) {
                    if (order <= 0) {
                        check(ours, stored);
                    }
                    if (order >= 0) {
                        check(theirs, fresh);
                    }
                }
                if (order <= 0) {
                    ours.next();
                }
                if (order >= 0) {
                    theirs.next();
                }
            }
            fresh.store().check(ours);
            stored.store().check(theirs);
        }
    }

    /** Which of the two is at the lower key; one that is at its end comes last. */
    private static int order(RocksIterator one, RocksIterator other) {
        if (!one.isValid() || !other.isValid()) {
            return one.isValid() ? -1 : 1;
        }
        return Arrays.compareUnsigned(one.key(), other.key());
    }

    /** A record that belongs to the height compared has its like in {@code other}. */
    private void check(RocksIterator record, VersionedState other) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (belongs(key, value) && !matches(key, value, other)) {
            throw new StateDamagedException(name(key) + " differs from what the log gives");
        }
    }

    private boolean belongs(byte[] key, byte[] value) {
        return switch (key[0]) {
            case StateKeys.BLOCK -> number(key, 1) <= fresh.height();
            case StateKeys.CURRENT -> number(value, 0) <= fresh.height();
            case StateKeys.HISTORY -> ~number(key, key.length - Long.BYTES) <= fresh.height();
            case StateKeys.TRANSACTION -> number(value, Long.BYTES) < fresh.size();
            default -> false; // pages are compared by the root that they lead to
        };
    }

    private boolean matches(byte[] key, byte[] value, VersionedState other) {
        return switch (key[0]) {
            case StateKeys.CURRENT ->
                sameVersion(
                        other,
                        Arrays.copyOfRange(key, 1, key.length),
                        number(value, 0),
                        Arrays.copyOfRange(value, Long.BYTES, value.length));
            case StateKeys.HISTORY ->
                sameVersion(
                        other,
                        Arrays.copyOfRange(key, 1, key.length - Long.BYTES - 1),
                        ~number(key, key.length - Long.BYTES),
                        value);
            default -> Arrays.equals(other.store().get(key), value);
        };
    }

    /** A version that one of them still has as the current one may be history in the other. */
    private static boolean sameVersion(VersionedState state, byte[] name, long height, byte[] canonical) {
        byte[] current = state.store().get(prefixed(StateKeys.CURRENT, name, new byte[0]));
        if (current != null && number(current, 0) == height) {
            return Arrays.equals(current, Version.encode(height, canonical));
        }
        byte[] suffix = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 0)
                .putLong(~height)
                .array();
        byte @Nullable [] replaced = state.store().get(prefixed(StateKeys.HISTORY, name, suffix));
        return Arrays.equals(replaced, canonical);
    }

    private static byte[] prefixed(byte kind, byte[] name, byte[] suffix) {
        return ByteBuffer.allocate(1 + name.length + suffix.length)
                .put(kind)
                .put(name)
                .put(suffix)
                .array();
    }

    private static long number(byte[] bytes, int offset) {
        if (bytes.length < offset + Long.BYTES || offset < 0) {
            throw new StateDamagedException("a record cut short");
        }
        return ByteBuffer.wrap(bytes).getLong(offset);
    }

    private static String name(byte[] key) {
        return switch (key[0]) {
            case StateKeys.BLOCK -> "index entry of block " + number(key, 1);
            case StateKeys.TRANSACTION ->
                "index entry of transaction "
                        + HexFormat.of().formatHex(key, 1, Math.min(key.length, 1 + Sha256.BYTES));
            case StateKeys.CURRENT -> "value of " + ascii(key, key.length);
            default -> "earlier value of " + ascii(key, key.length - Long.BYTES - 1);
        };
    }

    private static String ascii(byte[] key, int end) {
        return new String(key, 1, end - 1, StandardCharsets.US_ASCII);
    }
}
