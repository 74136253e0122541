package health.salus.ledger.state;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.contract.StateKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last version of a value.
 *
 * @param height of the block that wrote it; {@link #NEVER} where nothing was ever written
 * @param value empty where it was removed or never written
 */
record Version(long height, Optional<JsonObject> value) {
    static final long NEVER = -1;
    static final Version NONE = new Version(NEVER, Optional.empty());

    static byte[] encode(long height, byte[] canonical) {
        return ByteBuffer.allocate(Long.BYTES + canonical.length)
                .putLong(height)
                .put(canonical)
                .array();
    }

    static Version decode(StateKey key, byte[] stored) {
        if (stored.length < Long.BYTES) {
            throw new StateDamagedException("value of " + key + " cut short");
        }
        return new Version(
                ByteBuffer.wrap(stored).getLong(), value(key, Arrays.copyOfRange(stored, Long.BYTES, stored.length)));
    }

    /** Nothing stands for a removed value. */
    static Optional<JsonObject> value(StateKey key, byte[] canonical) {
        try {
            return canonical.length == 0 ? Optional.empty() : Optional.of(JsonReader.object(canonical));
        } catch (JsonException e) {
            throw new StateDamagedException("value of " + key + " unreadable", e);
        }
    }
}
