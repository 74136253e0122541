package health.salus.node.access;

import health.salus.node.backend.FhirBackend;
import health.salus.node.notice.Mails;
import java.util.Optional;

/**
 * An organization of this node that keeps patients' records: what its doors for consent need.
 *
 * @param organization its id
 * @param fhirBase address of its FHIR base, without a slash at the end
 */
public record Custodian(
        String organization,
        String fhirBase,
        FhirBackend backend,
        PatientHandles handles,
        Invitations invitations,
        Guardians guardians,
        Replacements replacements,
        ErasureRequests erasureRequests,
        DepositedTerms terms,
        Justifications justifications,
        Notifications notifications,
        Mails mails,
        LedgerFollower follower,
        GatewayTransactions transactions) {
    /** Finds custodians. */
    @FunctionalInterface
    public interface Directory {
        /** The custodian called {@code organization}, if it has a gateway here. */
        Optional<Custodian> find(String organization);
    }
}
