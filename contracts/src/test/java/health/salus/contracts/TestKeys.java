package health.salus.contracts;

import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that are the same whenever they are called by the same name within one run. */
public final class TestKeys {
    private static final Map<String, P256PublicKey> KEYS = new ConcurrentHashMap<>();

    private static final Map<String, String> ED25519 = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The key called {@code name}. */
    public static P256PublicKey key(String name) {
        return KEYS.computeIfAbsent(name, ignored -> generate());
    }

    /** The id of the key called {@code name}. */
    public static Sha256 thumbprint(String name) {
        return key(name).thumbprint();
    }

    /** The id of the certificate called {@code name}. */
    public static Sha256 kid(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The Ed25519 key called {@code name}, 32 bytes in base64url. */
    public static String ed25519(String name) {
        return ED25519.computeIfAbsent(
                name,
                seed -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(NoteSigner.ofSeed("any", kid(seed).bytes())
                                .verifier()
                                .publicKey()));
    }

    private static P256PublicKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return P256PublicKey.of((ECPublicKey) generator.generateKeyPair().getPublic());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
