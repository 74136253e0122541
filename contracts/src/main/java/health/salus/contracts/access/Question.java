package health.salus.contracts.access;

import health.salus.foundation.Sha256;
import health.salus.identity.Handle;

/** May this be read? By the ground on which somebody wants to read. */
public sealed interface Question {
    /**
     * An organization reads under a grant.
     *
     * @param requester certificate that reads, of the organization that the grant is for
     * @param terms those that the grant was approved with
     */
    record UnderGrant(Handle grant, Sha256 requester, Terms terms) implements Question {}

    /**
     * Somebody reads after breaking the glass.
     *
     * @param requester certificate that reads, the one that broke the glass
     */
    record InEmergency(Handle emergency, Sha256 requester) implements Question {}

    /**
     * The custodian's own staff or systems read.
     *
     * @param requester certificate that reads, with an attribute that goes with {@code purpose}
     */
    record ByCustodian(Handle patient, Sha256 requester, PurposeOfUse purpose) implements Question {}

    /**
     * The patient or a substitute reads.
     *
     * @param key id of their key
     */
    record ByPerson(Handle patient, Sha256 key) implements Question {}
}
