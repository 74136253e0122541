package health.salus.identity;

import health.salus.foundation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 v3 certificate (RFC 5280) of a P-256 key. That it can be read says nothing about trust: see
 * {@link CertificateChain#validate}. Immutable, compared by content.
 */
public final class P256Certificate {
    /** Longest certificate in bytes of DER. */
    public static final int MAX_BYTES = 8_192;

    private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final int DIGITAL_SIGNATURE = 0; // bits of RFC 5280 §4.2.1.3
    private static final int KEY_CERT_SIGN = 5;

    private final X509Certificate certificate;
    private final byte[] der;
    private final Sha256 thumbprint;
    private final P256PublicKey publicKey;

    private P256Certificate(X509Certificate certificate, byte[] der, P256PublicKey publicKey) {
        this.certificate = certificate;
        this.der = der;
        this.publicKey = publicKey;
        this.thumbprint = Sha256.of(der);
    }

    /** Reads DER. @throws IllegalArgumentException unless it is one certificate of a P-256 key, in DER, and nothing more */
    public static P256Certificate ofDer(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new IllegalArgumentException("certificate of " + der.length + " bytes (at most " + MAX_BYTES + ")");
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(certificate.getEncoded(), der)) { // PEM, or bytes behind the end
                throw new IllegalArgumentException("not one certificate in DER");
            }
            return of(certificate);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not one certificate in DER"); // the cause may quote a name
        }
    }

    /** The same certificate in our type. @throws IllegalArgumentException unless its key lies on P-256 */
    public static P256Certificate of(X509Certificate certificate) {
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
            throw new IllegalArgumentException("certificate of a key that is not on P-256");
        }
        try {
            return new P256Certificate(certificate, certificate.getEncoded(), P256PublicKey.of(key));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate without an encoding");
        }
    }

    /** SHA-256 of the DER: {@code x5t#S256} of RFC 8705 §3.1 and the key id of what its holder signs. */
    public Sha256 thumbprint() {
        return thumbprint;
    }

    /** The certified key. */
    public P256PublicKey publicKey() {
        return publicKey;
    }

    /** The encoding. */
    public byte[] der() {
        return der.clone();
    }

    /** First instant of the validity period, in whole seconds. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** Last instant of the validity period, inclusive (RFC 5280 §4.1.2.5), in whole seconds. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Organization (O) of the subject; empty unless there is exactly one. */
    public Optional<String> organization() {
        return Subject.of(certificate).only(Subject.ORGANIZATION);
    }

    /** Role; empty unless the subject has exactly one organizational unit (OU), and that is a role. */
    public Optional<Role> role() {
        return Subject.of(certificate).only(Subject.ORGANIZATIONAL_UNIT).flatMap(Role::ofOrganizationalUnit);
    }

    /** The holder's role attributes, codes; none without the extension. @throws IllegalArgumentException if damaged */
    public SortedSet<String> attributes() {
        return AttributeExtension.read(certificate.getExtensionValue(AttributeExtension.OID));
    }

    /** JCA's view, for libraries that take that. */
    public X509Certificate x509() {
        return certificate;
    }

    /** Whether basic constraints and key usage allow this one to certify others. */
    boolean isAuthority() {
        return certificate.getBasicConstraints() >= 0 && allows(KEY_CERT_SIGN);
    }

    boolean allowsDigitalSignature() {
        return allows(DIGITAL_SIGNATURE);
    }

    /** Whether {@code time} is in its validity period, ends included. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(notBefore()) && !time.isAfter(notAfter());
    }

    X500Principal subject() {
        return certificate.getSubjectX500Principal();
    }

    /**
     * The signature; empty if it is not ECDSA with SHA-256, not in the accepted form with the lower s, or if anything
     * outside the signed part is encoded in another way than DER has for it: so nobody can give a certificate a second
     * thumbprint, for example by unused bits that JCA passes over.
     */
    Optional<P256Signature> signature() {
        try {
            P256Signature signature = P256Signature.ofDer(certificate.getSignature());
            boolean isOneEncoding = Arrays.equals(der, encoded(certificate.getTBSCertificate(), signature));
            return isOneEncoding ? Optional.of(signature) : Optional.empty();
        } catch (IllegalArgumentException | CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    /** RFC 5280 §4.1: SEQUENCE of the signed part, ecdsa-with-SHA256 without parameters, BIT STRING of the signature. */
    private static byte[] encoded(byte[] tbsCertificate, P256Signature signature) {
        byte[] bits = signature.der();
        int length = tbsCertificate.length + ECDSA_WITH_SHA256.length + 3 + bits.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(0x30);
        if (length < 0x100) { // no certificate is shorter than 0x80
            out.write(0x81);
        } else {
            out.write(0x82);
            out.write(length >> 8);
        }
        out.write(length);
        out.writeBytes(tbsCertificate);
        out.writeBytes(ECDSA_WITH_SHA256);
        out.write(0x03);
        out.write(bits.length + 1);
        out.write(0);
        out.writeBytes(bits);
        return out.toByteArray();
    }

    /** Whether {@code issuer} signed it, with the lower s. */
    public boolean isSignedBy(P256PublicKey issuer) {
        try {
            Sha256 digest = Sha256.of(certificate.getTBSCertificate());
            return signature().filter(s -> issuer.verify(digest, s)).isPresent();
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    private boolean allows(int keyUsage) {
        boolean @Nullable [] usages = certificate.getKeyUsage();
        return usages != null && usages[keyUsage];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof P256Certificate that && thumbprint.equals(that.thumbprint);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }

    /** Its thumbprint; the subject may name a person. */
    @Override
    public String toString() {
        return "certificate " + thumbprint.base64Url();
    }
}
