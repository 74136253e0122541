package health.salus.identity;

import health.salus.foundation.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * What every certificate of an organization has in common: version 3, a random 128-bit serial number, key identifiers
 * (RFC 5280 §4.2.1.1 and §4.2.1.2; RFC 7093 §2 method 1), critical basic constraints and key usage.
 *
 * @param notBefore first instant of validity
 * @param notAfter last instant of validity, inclusive
 */
record CertificateTemplate(X500Name subject, P256PublicKey publicKey, Instant notBefore, Instant notAfter) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");
    private static final int SERIAL_BITS = 128;
    private static final int KEY_IDENTIFIER_BYTES = 20;

    /** A certificate for an authority that may certify {@code pathLength} levels of further authorities. */
    P256Certificate authority(X500Name issuer, P256PrivateKey issuerKey, int pathLength) {
        return sign(
                issuer,
                issuerKey,
                new BasicConstraints(pathLength),
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    /** A certificate for one who signs, with further extensions. */
    P256Certificate endEntity(X500Name issuer, P256PrivateKey issuerKey, Extension... further) {
        return sign(issuer, issuerKey, new BasicConstraints(false), new KeyUsage(KeyUsage.digitalSignature), further);
    }

    /** A certificate that says nothing but which handle its key has: by the key itself, without expiry (RFC 5280 §4.1.2.5). */
    static P256Certificate selfSigned(Handle handle, P256PrivateKey key) {
        X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, handle.value()).build();
        return new CertificateTemplate(name, key.publicKey(), Instant.EPOCH, NO_EXPIRY).endEntity(name, key);
    }

    private P256Certificate sign(
            X500Name issuer,
            P256PrivateKey issuerKey,
            BasicConstraints constraints,
            KeyUsage usage,
            Extension... further) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(publicKey.subjectPublicKeyInfo());
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, RANDOM),
                            Date.from(notBefore),
                            Date.from(notAfter),
                            subject,
                            key)
                    .addExtension(Extension.basicConstraints, true, constraints)
                    .addExtension(Extension.keyUsage, true, usage)
                    .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(id(publicKey)))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new AuthorityKeyIdentifier(id(issuerKey.publicKey())));
            for (Extension extension : further) {
                builder.addExtension(extension);
            }
            return P256Certificate.ofDer(
                    builder.build(new CertificateSigner(issuerKey)).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("encoding in memory", e);
        }
    }

    /** RFC 7093 §2 method 1: the leftmost 160 bits of the SHA-256 of the key's bit string, 0x04 ‖ x ‖ y. */
    private static byte[] id(P256PublicKey key) {
        return Arrays.copyOf(Sha256.of(new byte[] {4}, key.bytes()).bytes(), KEY_IDENTIFIER_BYTES);
    }
}
