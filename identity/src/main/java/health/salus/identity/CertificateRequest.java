package health.salus.identity;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS #10, RFC 2986), by which a key is certified without leaving its holder. Proves
 * possession of the key and nothing else: the authority decides about name, role and validity. Immutable.
 */
public final class CertificateRequest {
    /** Longest request in bytes of DER. */
    public static final int MAX_BYTES = 8_192;

    private final byte[] der;
    private final P256PublicKey publicKey;

    private CertificateRequest(byte[] der, P256PublicKey publicKey) {
        this.der = der;
        this.publicKey = publicKey;
    }

    /** A request for {@code key}, without a name. */
    public static CertificateRequest create(P256PrivateKey key) {
        X500Name nameless = new X500NameBuilder().build();
        SubjectPublicKeyInfo subject =
                SubjectPublicKeyInfo.getInstance(key.publicKey().subjectPublicKeyInfo());
        PKCS10CertificationRequest request =
                new PKCS10CertificationRequestBuilder(nameless, subject).build(new CertificateSigner(key));
        try {
            return new CertificateRequest(request.getEncoded(), key.publicKey());
        } catch (IOException e) {
            throw new IllegalStateException("encoding in memory", e);
        }
    }

    /**
     * Reads DER and verifies that the request is signed by the key it is for; made by other software, its signature may
     * have the higher s.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static CertificateRequest ofDer(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "certificate request of " + der.length + " bytes (at most " + MAX_BYTES + ")");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            P256PublicKey key = P256PublicKey.ofSubjectPublicKeyInfo(
                    request.getSubjectPublicKeyInfo().getEncoded());
            if (Arrays.equals(request.getEncoded(), der) && isSignedBy(key, request)) {
                return new CertificateRequest(der.clone(), key);
            }
        } catch (IOException | RuntimeException e) { // its parser throws unchecked exceptions as well
            throw new IllegalArgumentException("not a certificate request in DER (PKCS #10)");
        }
        throw new IllegalArgumentException("certificate request that its key did not sign");
    }

    /** The key to certify. */
    public P256PublicKey publicKey() {
        return publicKey;
    }

    /** The encoding. */
    public byte[] der() {
        return der.clone();
    }

    private static boolean isSignedBy(P256PublicKey key, PKCS10CertificationRequest request) throws IOException {
        Sha256 digest = Sha256.of(
                request.toASN1Structure().getCertificationRequestInfo().getEncoded());
        return request.getSignatureAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                && key.verify(digest, P256Signature.normalized(request.getSignature()));
    }
}
