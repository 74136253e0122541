package health.salus.identity;

import health.salus.identity.PathValidation.Invalid;
import health.salus.identity.PathValidation.Reason;
import health.salus.identity.PathValidation.Valid;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates from an end entity's to the root, each certified by the next.
 *
 * @param certificates end entity first, root last; 1 to 3
 */
public record CertificateChain(List<P256Certificate> certificates) {
    /** Root, enrollment CA, end entity. */
    public static final int MAX_LENGTH = 3;

    private static final int MAX_PEM_CHARS = 65_536;

    /** @throws IllegalArgumentException for another number of certificates */
    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "chain of " + certificates.size() + " certificates (expected: 1 to " + MAX_LENGTH + ")");
        }
    }

    /** Reads PEM blocks (RFC 7468 §5), end entity first. @throws IllegalArgumentException for anything else */
    public static CertificateChain ofPem(String pem) {
        if (pem.length() > MAX_PEM_CHARS) {
            throw new IllegalArgumentException(
                    "PEM of " + pem.length() + " characters (at most " + MAX_PEM_CHARS + ")");
        }
        try {
            List<P256Certificate> certificates = new ArrayList<>();
            for (java.security.cert.Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                certificates.add(P256Certificate.of((X509Certificate) certificate));
            }
            return new CertificateChain(certificates);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not certificates in PEM"); // the cause may quote a name
        }
    }

    /** The certificate whose chain this is. */
    public P256Certificate endEntity() {
        return certificates.getFirst();
    }

    /** The last certificate. */
    public P256Certificate root() {
        return certificates.getLast();
    }

    /** PEM blocks (RFC 7468 §5), end entity first. */
    public String pem() {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (P256Certificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(certificate.der()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    /**
     * Validates the path as RFC 5280 §6.1 does, without revocation (the ledger's state says what is revoked), and by
     * the network's own rules: three certificates, P-256, the lower s, one role.
     *
     * @param anchor the root that the organization is known by
     * @param time when the certificate is relied on, such as the block's time
     */
    public PathValidation validate(P256Certificate anchor, Instant time) {
        return refusal(anchor, time)
                .<PathValidation>map(Invalid::new)
                .orElseGet(() -> new Valid(endEntity(), endEntity().role().orElseThrow()));
    }

    private Optional<Reason> refusal(P256Certificate anchor, Instant time) {
        if (!root().equals(anchor)) {
            return Optional.of(Reason.UNKNOWN_ANCHOR);
        }
        if (certificates.size() != MAX_LENGTH) {
            return Optional.of(Reason.WRONG_LENGTH);
        }
        for (int i = 0; i < MAX_LENGTH; i++) {
            Optional<Reason> reason = refusal(i, time);
            if (reason.isPresent()) {
                return reason;
            }
        }
        if (!endEntity().allowsDigitalSignature()) {
            return Optional.of(Reason.WRONG_KEY_USAGE);
        }
        if (!isAcceptedByRfc5280(time)) {
            return Optional.of(Reason.REFUSED_BY_RFC5280);
        }
        return refusalAsMember();
    }

    /** Checks one certificate against the next one, the root against itself. */
    private Optional<Reason> refusal(int index, Instant time) {
        P256Certificate certificate = certificates.get(index);
        P256Certificate issuer = certificates.get(Math.min(index + 1, MAX_LENGTH - 1));
        if (!certificate.isValidAt(time)) {
            return Optional.of(time.isBefore(certificate.notBefore()) ? Reason.NOT_YET_VALID : Reason.EXPIRED);
        }
        if (certificate.signature().isEmpty()) {
            return Optional.of(Reason.UNACCEPTABLE_SIGNATURE);
        }
        if (!certificate.x509().getIssuerX500Principal().equals(issuer.subject())) {
            return Optional.of(Reason.WRONG_ISSUER);
        }
        if (!certificate.isSignedBy(issuer.publicKey())) {
            return Optional.of(Reason.WRONG_SIGNATURE);
        }
        return certificate.isAuthority() == (index > 0) ? Optional.empty() : Optional.of(Reason.NOT_AN_AUTHORITY);
    }

    private boolean isAcceptedByRfc5280(Instant time) {
        try {
            List<X509Certificate> path = new ArrayList<>();
            for (P256Certificate certificate : certificates.subList(0, MAX_LENGTH - 1)) {
                path.add(certificate.x509());
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root().x509(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(time));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<Reason> refusalAsMember() {
        Optional<String> organization = endEntity().organization();
        if (endEntity().role().isEmpty()
                || organization.isEmpty()
                || !organization.equals(certificates.get(1).organization())) {
            return Optional.of(Reason.NO_ROLE);
        }
        try {
            endEntity().attributes();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Reason.DAMAGED_ATTRIBUTES);
        }
    }
}
