package health.salus.cli.demo;

import health.salus.cli.identity.CertificateOnLedger;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.identity.Credential;

/**
 * Somebody whom an organization certified.
 *
 * @param name what the demo calls them; it is in the certificate, never on the ledger
 */
record Member(String name, Credential credential) {
    /** What makes the certificate known to the ledger. */
    EnrollCertificate enrollment() {
        return CertificateOnLedger.enrollment(credential.chain().endEntity());
    }
}
