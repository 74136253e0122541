package health.salus.ledger.state;

import health.salus.foundation.Sha256;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A new value in the sparse Merkle map.
 *
 * @param key SHA-256 of the state key
 * @param value SHA-256 of the value; {@code null} to remove it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and there are many
record MapChange(byte[] key, byte @Nullable [] value) {
    static final Comparator<MapChange> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key, b.key);

    /** @param canonical the value; nothing to remove it */
    static MapChange of(byte[] key, byte[] canonical) {
        return new MapChange(
                key, canonical.length == 0 ? null : Sha256.of(canonical).bytes());
    }
}
