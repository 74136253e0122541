package health.salus.node.staff;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessContract;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.foundation.Sha256;
import health.salus.node.access.Entitlements;
import health.salus.node.organization.Organization;
import health.salus.node.organization.Organizations;
import health.salus.node.web.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the pages of staff read of the ledger and of this node. Thread-safe. */
@Component
final class Staff {
    private final Organizations organizations;
    private final Entitlements.StateSource ledger;
    private final InstantSource clock;

    Staff(Organizations organizations, Entitlements.StateSource ledger, InstantSource clock) {
        this.organizations = organizations;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @throws Problem where the organization doesn't live in this node */
    Organization organization(String id) {
        return organizations
                .find(id)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization lives in this node"));
    }

    /** The ledger's state after its last block. */
    Access access() {
        return new Access(ledger.current().state());
    }

    /** Height of that block. */
    long height() {
        return ledger.current().height();
    }

    /** Version of the contract {@code access} for the next block. */
    int accessVersion() {
        Entitlements.Current current = ledger.current();
        return new Members(current.state())
                .contractVersion(AccessContract.NAME, current.height() + 1)
                .orElseThrow();
    }

    Instant now() {
        return clock.instant();
    }

    /** A certificate of the organization with this thumbprint, if it is in force. */
    Optional<Certificate> certificate(String organization, Sha256 thumbprint) {
        return access().signingCertificate(thumbprint, now())
                .filter(certificate -> certificate.kid().equals(thumbprint)
                        && certificate.organization().equals(organization));
    }

    /** The certificate of who has signed in. */
    Certificate certificate(StaffSession session) {
        return certificate(session.organization(), session.certificate())
                .orElseThrow(() -> Problem.of(401, "signed-out", "the certificate is not in force any more"));
    }
}
