package health.salus.node.gateway;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids for audit events: UUIDs of version 7 (RFC 9562 §5.7). They grow with time, so indexes grow at their end. */
final class EventIds {
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private EventIds() {}

    /** 48 bits of milliseconds since 1970, 74 random ones. */
    static String next(Instant now, SecureRandom random) {
        byte[] bits = new byte[10];
        random.nextBytes(bits);
        ByteBuffer drawn = ByteBuffer.wrap(bits);
        long high = (now.toEpochMilli() << 16) | VERSION | (drawn.getShort() & 0xfff);
        long low = VARIANT | (drawn.getLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
