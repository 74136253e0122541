package health.salus.cli.demo;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.rule.Period;
import health.salus.identity.Credential;
import health.salus.identity.P256Certificate;
import health.salus.identity.Role;
import java.util.Set;

/**
 * Somebody whom an organization certified.
 *
 * @param name what the demo calls them; it is in the certificate, never on the ledger
 */
record Member(String name, Credential credential, Role role, Set<Attribute> attributes) {
    Member {
        attributes = Set.copyOf(attributes);
    }

    /** What makes the certificate known to the ledger. */
    EnrollCertificate enrollment() {
        P256Certificate certificate = credential.chain().endEntity();
        Period validity = new Period(
                certificate.notBefore(), certificate.notAfter().plusSeconds(1)); // X.509 includes the last second
        return new EnrollCertificate(certificate.thumbprint(), certificate.publicKey(), role, attributes, validity);
    }
}
