package health.salus.ledger.state;

import org.jspecify.annotations.Nullable;

/** Where pages of the map come from. */
@FunctionalInterface
interface PageStore {
    /** What was stored under {@code key}, see {@link StateMap#pageKey}; {@code null} where nothing was. */
    byte @Nullable [] load(byte[] key);
}
