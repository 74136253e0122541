package health.salus.tlog.note;

import health.salus.foundation.CryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Ed25519 (RFC 8032) on raw 32-byte keys, by the provider that {@link CryptoProvider} chose. */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    // RFC 8410: AlgorithmIdentifier 1.3.101.112 and the wrapping of a raw key
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** The public key of a private one. */
    static byte[] publicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    }

    static PrivateKey privateKeyOf(byte[] seed) {
        try {
            return keys().generatePrivate(new PKCS8EncodedKeySpec(concat(PKCS8_PREFIX, seed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key", e);
        }
    }

    /** @throws IllegalArgumentException if the bytes are no point of the curve */
    static PublicKey publicKeyOf(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("Ed25519 public key of " + key.length + " bytes (expected: 32)");
        }
        try {
            return keys().generatePublic(new X509EncodedKeySpec(concat(X509_PREFIX, key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = signature();
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with Ed25519", e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] bytes) {
        if (bytes.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot verify Ed25519", e);
        }
    }

    private static KeyFactory keys() throws GeneralSecurityException {
        Provider chosen = CryptoProvider.chosen().provider();
        return chosen.getService("KeyFactory", "Ed25519") != null // Corretto has none and takes the JDK's keys
                ? KeyFactory.getInstance("Ed25519", chosen)
                : KeyFactory.getInstance("Ed25519");
    }

    private static Signature signature() throws GeneralSecurityException {
        return Signature.getInstance("Ed25519", CryptoProvider.chosen().provider());
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = new byte[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
