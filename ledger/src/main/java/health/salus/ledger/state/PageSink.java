package health.salus.ledger.state;

import org.jspecify.annotations.Nullable;

/** Takes changed pages of the map to be stored. */
@FunctionalInterface
interface PageSink {
    /** Stores {@code page} under {@code key}; {@code null} removes it. */
    void accept(byte[] key, byte @Nullable [] page);
}
