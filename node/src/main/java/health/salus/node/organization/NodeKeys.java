package health.salus.node.organization;

import health.salus.identity.Secret;
import health.salus.tlog.note.NoteSigner;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The Ed25519 keys of an organization's node, as seeds (RFC 8032 §5.1.5): they are made before there is a network, from
 * which their names in checkpoints come.
 *
 * @param log signs the ledger's checkpoints
 * @param witness cosigns them
 */
public record NodeKeys(Secret log, Secret witness) {
    private static final int SEED_BYTES = 32;

    /** New ones. */
    public static NodeKeys generate(SecureRandom random) {
        return new NodeKeys(seed(random), seed(random));
    }

    static Secret seed(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return Secret.of(seed);
    }

    /** Public half of {@link #log}: 32 bytes in base64url. */
    public String logKey() {
        return publicKey(log);
    }

    /** Public half of {@link #witness}: 32 bytes in base64url. */
    public String witnessKey() {
        return publicKey(witness);
    }

    private static String publicKey(Secret seed) {
        byte[] key = NoteSigner.ofSeed("any", seed.bytes()).verifier().publicKey();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
