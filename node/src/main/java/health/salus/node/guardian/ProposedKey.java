package health.salus.node.guardian;

import health.salus.contracts.access.AccessContract;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.node.passkey.KeyNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that guardians propose for a patient, as pages show it.
 *
 * @param number what people compare
 * @param support how many guardians support it
 * @param threshold how many have to
 * @param due from when on it can take effect; empty while too few support it
 * @param ends when the proposal ends
 * @param completable whether it can take effect now
 */
public record ProposedKey(
        String kid,
        String number,
        int support,
        int threshold,
        Instant proposed,
        Optional<Instant> due,
        Instant ends,
        boolean completable) {
    /** What is open at {@code now}. */
    public static Optional<ProposedKey> of(Recovery recovery, Instant now) {
        return recovery.openRotation(now).map(rotation -> {
            Sha256 kid = rotation.key().key().thumbprint();
            return new ProposedKey(
                    kid.base64Url(),
                    KeyNumber.of(kid),
                    rotation.by().size(),
                    recovery.threshold(),
                    rotation.proposed(),
                    rotation.due(),
                    rotation.proposed().plus(AccessContract.ROTATION_OPEN),
                    rotation.due().filter(due -> !due.isAfter(now)).isPresent());
        });
    }
}
