package health.salus.ledger.contract;

import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import java.time.Instant;
import java.util.Optional;

/** Finds the key behind a key id. Implementations are deterministic and thread-safe. */
@FunctionalInterface
public interface KeyDirectory {
    /** The key that {@code kid} names in this state at this time; empty where unknown, revoked, not yet or no longer valid. */
    Optional<P256PublicKey> find(StateView state, Sha256 kid, Instant time);
}
