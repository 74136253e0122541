package health.salus.contracts;

import health.salus.contracts.access.Access;
import health.salus.contracts.network.Members;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.KeyDirectory;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the keys of certificates, of organizations' CAs, and of patients and their substitutes. Decoded keys are kept,
 * since checking that a point lies on the curve takes as long as a good part of verifying a signature. Thread-safe.
 */
public final class NetworkKeys implements KeyDirectory {
    private static final int MOST_KEPT = 65_536;

    private final Map<String, P256PublicKey> decoded = new ConcurrentHashMap<>();

    @Override
    public Optional<P256PublicKey> find(StateView state, Sha256 kid, Instant time) {
        return new Members(state)
                .signingKey(kid, time)
                .or(() -> new Access(state).signingKey(kid, time))
                .map(this::decode);
    }

    private P256PublicKey decode(String key) {
        if (decoded.size() >= MOST_KEPT) {
            decoded.clear();
        }
        return decoded.computeIfAbsent(key, P256PublicKey::ofBase64Url);
    }
}
