package health.salus.cli.identity;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Period;
import health.salus.identity.P256Certificate;
import java.util.List;

/** What the ledger learns of a certificate: everything but the name of its holder. */
public final class CertificateOnLedger {
    private static final Codes<Attribute> ATTRIBUTES = Codes.of(Attribute.class);

    private CertificateOnLedger() {}

    /** What makes it known. @throws IllegalArgumentException for a CA's, or one with attributes unknown to the ledger */
    public static EnrollCertificate enrollment(P256Certificate certificate) {
        return new EnrollCertificate(
                certificate.thumbprint(),
                certificate.publicKey(),
                certificate
                        .role()
                        .orElseThrow(() ->
                                new IllegalArgumentException("certificate without a role (expected: a member's)")),
                ATTRIBUTES.constants(List.copyOf(certificate.attributes())),
                new Period(
                        certificate.notBefore(),
                        certificate.notAfter().plusSeconds(1))); // X.509 includes the last second
    }
}
