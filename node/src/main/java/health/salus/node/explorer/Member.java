package health.salus.node.explorer;

import health.salus.contracts.network.Members;
import health.salus.contracts.network.Organization;
import java.util.Optional;

/**
 * An organization as a page shows it.
 *
 * @param votes whether it has a vote now
 * @param cosigner its node, where it is a witness
 */
record Member(Organization organization, boolean votes, Optional<Cosigners.Cosigner> cosigner) {
    static Member of(Organization organization, Members members, Cosigners cosigners) {
        return new Member(organization, members.isVoter(organization.id()), cosigners.find(organization.id()));
    }
}
