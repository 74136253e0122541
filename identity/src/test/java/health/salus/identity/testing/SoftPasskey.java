package health.salus.identity.testing;

import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.PasskeyAssertion;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/**
 * A browser and its authenticator in one, which may be told to lie. Signs with the JDK, so with the higher s as often as with
 * the lower. Not thread-safe.
 */
public final class SoftPasskey {
    private static final int PRESENT_AND_VERIFIED = 0x05;

    private final KeyPair keys;
    private String origin;
    private String rpId;
    private int flags = PRESENT_AND_VERIFIED;
    private long counter = 1;
    private String clientData =
            "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}";

    /** A new passkey for the domain of {@code origin}. */
    public SoftPasskey(String origin) {
        this.origin = origin;
        this.rpId = URI.create(origin).getHost();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public P256PublicKey publicKey() {
        return P256PublicKey.of((ECPublicKey) keys.getPublic());
    }

    /** The private key, PKCS #8 in DER, for an authenticator to go on with. */
    public byte[] privateKey() {
        return keys.getPrivate().getEncoded();
    }

    /** The page that it says has asked. */
    public void origin(String other) {
        origin = other;
    }

    /** The domain that it says it belongs to. */
    public void rpId(String other) {
        rpId = other;
    }

    public void flags(int other) {
        flags = other;
    }

    /** The counter of the next signature; counts on from there, unless it is 0. */
    public void counter(long next) {
        counter = next;
    }

    /** Client data, with {@code %s} for challenge and origin. */
    public void clientData(String form) {
        clientData = form;
    }

    public PasskeyAssertion sign(Sha256 challenge) {
        byte[] authenticatorData = ByteBuffer.allocate(37)
                .put(Sha256.of(rpId.getBytes(StandardCharsets.US_ASCII)).bytes())
                .put((byte) flags)
                .putInt((int) counter)
                .array();
        byte[] data = clientData.formatted(challenge.base64Url(), origin).getBytes(StandardCharsets.UTF_8);
        counter += counter == 0 ? 0 : 1;
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(authenticatorData);
            signature.update(Sha256.of(data).bytes());
            return PasskeyAssertion.of(authenticatorData, data, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
