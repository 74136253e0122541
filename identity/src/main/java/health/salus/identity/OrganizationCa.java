package health.salus.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The certificate authority of one organization: a root that certifies an enrollment CA, which certifies members.
 * Certificates are acceptable to a stock Hyperledger Fabric MSP. Only the enrollment CA's key is needed here; the
 * root's, which {@link #create} hands out once, belongs offline. Thread-safe.
 */
public final class OrganizationCa {
    /** How long a root is valid. */
    public static final Duration ROOT_VALIDITY = Duration.ofDays(20 * 365);
    /** How long an enrollment CA is valid; no member's certificate outlives it. */
    public static final Duration ENROLLMENT_CA_VALIDITY = Duration.ofDays(10 * 365);
    /** How far back validity begins, so that clocks that lag a little accept a new certificate. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Credential enrollmentCa;
    private final String organization;
    private final InstantSource clock;

    private OrganizationCa(Credential enrollmentCa, String organization, InstantSource clock) {
        this.enrollmentCa = enrollmentCa;
        this.organization = organization;
        this.clock = clock;
    }

    /**
     * A new organization's authority.
     *
     * @param root the root's key and certificate, to be kept offline
     * @param ca the authority for daily use
     */
    public record Created(Credential root, OrganizationCa ca) {}

    /**
     * Makes root and enrollment CA with new keys.
     *
     * @param organization its id
     * @param clock decides when validity begins
     */
    public static Created create(String organization, InstantSource clock) {
        if (!OrganizationId.isId(organization)) {
            throw new IllegalArgumentException("organization id of " + organization.length() + " characters (expected: "
                    + OrganizationId.EXPECTED + ")");
        }
        P256PrivateKey rootKey = P256PrivateKey.generate();
        X500Name rootName = Subject.authority(organization, organization + " root CA");
        P256Certificate root =
                template(rootName, rootKey.publicKey(), clock, ROOT_VALIDITY).authority(rootName, rootKey, 1);
        P256PrivateKey key = P256PrivateKey.generate();
        X500Name name = Subject.authority(organization, organization + " enrollment CA");
        P256Certificate certificate =
                template(name, key.publicKey(), clock, ENROLLMENT_CA_VALIDITY).authority(rootName, rootKey, 0);
        return new Created(
                new Credential(rootKey, new CertificateChain(List.of(root))),
                of(new Credential(key, new CertificateChain(List.of(certificate, root))), clock));
    }

    /**
     * The authority that an enrollment CA's key and certificates make.
     *
     * @throws IllegalArgumentException unless the chain is an enrollment CA and its root
     */
    public static OrganizationCa of(Credential enrollmentCa, InstantSource clock) {
        CertificateChain chain = enrollmentCa.chain();
        if (chain.certificates().size() != 2 || !chain.endEntity().isAuthority()) {
            throw new IllegalArgumentException(
                    "not the key of an enrollment CA (expected: its certificate and the root)");
        }
        String organization = chain.endEntity()
                .organization()
                .orElseThrow(() -> new IllegalArgumentException("enrollment CA without one organization (O)"));
        return new OrganizationCa(enrollmentCa, organization, clock);
    }

    /** The organization's id. */
    public String organization() {
        return organization;
    }

    /** The trust anchor by which others know this organization. */
    public P256Certificate root() {
        return enrollmentCa.chain().root();
    }

    /** Key and certificates of the enrollment CA. */
    public Credential enrollmentCa() {
        return enrollmentCa;
    }

    /**
     * Certifies the key of a request.
     *
     * @return the new certificate, the enrollment CA's and the root's
     * @throws IllegalArgumentException if the certificate would outlive the enrollment CA
     */
    public CertificateChain enroll(Enrollment enrollment, CertificateRequest request) {
        X500Name name = Subject.member(organization, enrollment.role(), enrollment.name());
        CertificateTemplate template = template(name, request.publicKey(), clock, enrollment.validity());
        Instant end = enrollmentCa.chain().endEntity().notAfter();
        if (template.notAfter().isAfter(end)) {
            throw new IllegalArgumentException("validity until " + template.notAfter() + " (the enrollment CA's ends "
                    + end + "); ask for less or renew the enrollment CA");
        }
        X500Name issuer =
                X500Name.getInstance(enrollmentCa.chain().endEntity().subject().getEncoded());
        List<P256Certificate> certificates = new ArrayList<>();
        certificates.add(
                template.endEntity(issuer, enrollmentCa.key(), AttributeExtension.of(enrollment.attributes())));
        certificates.addAll(enrollmentCa.chain().certificates());
        return new CertificateChain(certificates);
    }

    /** Certifies a new key made here, for those who run their member's software themselves. */
    public Credential enroll(Enrollment enrollment) {
        P256PrivateKey key = P256PrivateKey.generate();
        return new Credential(key, enroll(enrollment, CertificateRequest.create(key)));
    }

    private static CertificateTemplate template(
            X500Name subject, P256PublicKey key, InstantSource clock, Duration validity) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new CertificateTemplate(subject, key, now.minus(CLOCK_SKEW), now.plus(validity));
    }
}
