package health.salus.identity;

import health.salus.foundation.CryptoProvider;
import health.salus.foundation.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key on P-256 (FIPS 186-5, secp256r1) that is known to lie on the curve. Immutable, compared by content.
 */
public final class P256PublicKey {
    /** JCA's name for ECDSA over a digest computed before: so a transaction is hashed once, by the JDK. */
    static final String ECDSA_OF_DIGEST = "NONEwithECDSA";

    private static final int COORDINATE_BYTES = 32;
    private static final ECParameterSpec CURVE = curve();
    /** SubjectPublicKeyInfo up to x: id-ecPublicKey, secp256r1 by name, an uncompressed point. */
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private final byte[] point;
    private final ECPublicKey key;

    private P256PublicKey(byte[] point) {
        this.point = point;
        this.key = toKey(point);
    }

    /** Reads x ‖ y, each 32 bytes big-endian. @throws IllegalArgumentException unless that is a point of the curve */
    public static P256PublicKey ofBytes(byte[] point) {
        if (point.length != 2 * COORDINATE_BYTES) {
            throw new IllegalArgumentException("P-256 point of " + point.length + " bytes (expected: 64)");
        }
        return new P256PublicKey(point.clone());
    }

    /** Reads x ‖ y in unpadded base64url, 86 characters. @throws IllegalArgumentException for anything else */
    public static P256PublicKey ofBase64Url(String text) {
        P256PublicKey key = ofBytes(Base64.getUrlDecoder().decode(text));
        if (!key.base64Url().equals(text)) {
            throw new IllegalArgumentException("P-256 point with padding or stray bits");
        }
        return key;
    }

    /** The same key in our type. @throws IllegalArgumentException if it lies on another curve */
    public static P256PublicKey of(ECPublicKey key) {
        byte[] point = new byte[2 * COORDINATE_BYTES];
        putCoordinate(key.getW().getAffineX(), point, 0);
        putCoordinate(key.getW().getAffineY(), point, COORDINATE_BYTES);
        return new P256PublicKey(point);
    }

    /** Reads the DER of a SubjectPublicKeyInfo (RFC 5480 §2). @throws IllegalArgumentException unless it is on P-256 */
    public static P256PublicKey ofSubjectPublicKeyInfo(byte[] der) {
        try {
            return of((ECPublicKey)
                    KeyFactory.getInstance("EC", CryptoProvider.chosen().provider())
                            .generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key on P-256");
        }
    }

    /** Whether this key signed what {@code digest} is the digest of: ECDSA with SHA-256 (FIPS 186-5 §6.4.2). */
    public boolean verify(Sha256 digest, P256Signature signature) {
        try {
            Signature verifier = Signature.getInstance(
                    ECDSA_OF_DIGEST, CryptoProvider.chosen().provider());
            verifier.initVerify(key);
            verifier.update(digest.bytes());
            return verifier.verify(signature.der());
        } catch (GeneralSecurityException e) {
            throw withoutP256(e);
        }
    }

    /** The key for use with the chosen provider. */
    public ECPublicKey key() {
        return key;
    }

    /** x ‖ y, 64 bytes. */
    public byte[] bytes() {
        return point.clone();
    }

    /** The DER of its SubjectPublicKeyInfo (RFC 5480 §2), 91 bytes, the same whichever provider is chosen. */
    public byte[] subjectPublicKeyInfo() {
        return subjectPublicKeyInfo(point);
    }

    /** x ‖ y in unpadded base64url, 86 characters. */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(point);
    }

    /** JWK thumbprint (RFC 7638 §3.1): the key id of a key that has no certificate. */
    public Sha256 thumbprint() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String x = encoder.encodeToString(Arrays.copyOf(point, COORDINATE_BYTES));
        String y = encoder.encodeToString(Arrays.copyOfRange(point, COORDINATE_BYTES, point.length));
        String jwk = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
        return Sha256.of(jwk.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof P256PublicKey that && Arrays.equals(point, that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    /** Its thumbprint. */
    @Override
    public String toString() {
        return thumbprint().base64Url();
    }

    /** SEC 1 §3.2.2.1: in range and y² = x³ + ax + b; the curve's cofactor is 1. */
    private static ECPublicKey toKey(byte[] point) {
        BigInteger x = new BigInteger(1, point, 0, COORDINATE_BYTES);
        BigInteger y = new BigInteger(1, point, COORDINATE_BYTES, COORDINATE_BYTES);
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB());
        if (x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || !y.multiply(y).subtract(right).mod(p).equals(BigInteger.ZERO)) {
            throw new IllegalArgumentException("not a point of P-256");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC", CryptoProvider.chosen().provider())
                            .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo(point)));
        } catch (GeneralSecurityException e) {
            throw withoutP256(e);
        }
    }

    private static byte[] subjectPublicKeyInfo(byte[] point) {
        byte[] info = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + point.length);
        System.arraycopy(point, 0, info, SPKI_PREFIX.length, point.length);
        return info;
    }

    static IllegalStateException withoutP256(GeneralSecurityException cause) {
        return new IllegalStateException(
                "provider without P-256: " + CryptoProvider.chosen().description(), cause);
    }

    private static void putCoordinate(BigInteger value, byte[] target, int offset) {
        if (value.signum() < 0 || value.bitLength() > 8 * COORDINATE_BYTES) {
            throw new IllegalArgumentException("key of another curve (expected: P-256)");
        }
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, offset + COORDINATE_BYTES - length, length);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
