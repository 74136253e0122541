package health.salus.identity;

import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A private key on P-256 together with its public key. Prints as its public key's thumbprint, never as itself.
 * Thread-safe.
 */
public final class P256PrivateKey {
    private final PrivateKey key;
    private final P256PublicKey publicKey;

    private P256PrivateKey(PrivateKey key, P256PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** A fresh random key (FIPS 186-5 §A.2). */
    public static P256PrivateKey generate() {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance("EC", CryptoProvider.chosen().provider());
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new P256PrivateKey(pair.getPrivate(), P256PublicKey.of((ECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw P256PublicKey.withoutP256(e);
        }
    }

    /**
     * Reads PKCS #8 (RFC 5208).
     *
     * @param pkcs8 the private key in DER
     * @param publicKey its public key
     * @throws IllegalArgumentException if that is no P-256 key, or not the one of {@code publicKey}
     */
    public static P256PrivateKey of(byte[] pkcs8, P256PublicKey publicKey) {
        P256PrivateKey key;
        try {
            key = new P256PrivateKey(
                    KeyFactory.getInstance("EC", CryptoProvider.chosen().provider())
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 key in PKCS #8"); // the cause could quote the key
        }
        if (!key.belongsToItsPublicKey()) {
            throw new IllegalArgumentException("private key of another public key than " + publicKey);
        }
        return key;
    }

    /** The public key. */
    public P256PublicKey publicKey() {
        return publicKey;
    }

    /** Signs what {@code digest} is the digest of: ECDSA with SHA-256 (FIPS 186-5 §6.4.1), s normalised. */
    public P256Signature sign(Sha256 digest) {
        try {
            return P256Signature.normalized(rawSign(digest));
        } catch (GeneralSecurityException e) {
            throw P256PublicKey.withoutP256(e);
        }
    }

    /** The key in JCA's type, for libraries that take that. */
    public PrivateKey key() {
        return key;
    }

    /** Its public key's thumbprint. */
    @Override
    public String toString() {
        return "private key of " + publicKey;
    }

    private boolean belongsToItsPublicKey() {
        Sha256 probe = Sha256.of(publicKey.bytes());
        try {
            return publicKey.verify(probe, P256Signature.normalized(rawSign(probe)));
        } catch (GeneralSecurityException | IllegalArgumentException anotherCurve) {
            return false;
        }
    }

    private byte[] rawSign(Sha256 digest) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                P256PublicKey.ECDSA_OF_DIGEST, CryptoProvider.chosen().provider());
        signature.initSign(key);
        signature.update(digest.bytes());
        return signature.sign();
    }
}
