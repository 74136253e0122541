package health.salus.contracts.network;

import health.salus.contracts.network.NetworkAction.AddAuthority;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RetireAuthority;
import health.salus.contracts.network.NetworkAction.RetireNode;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.NetworkAction.UpdateNode;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.network.NetworkAction.WithdrawProposal;
import health.salus.contracts.rule.Actions;

/** The actions of the contract {@code network} by name; the names stay. */
final class NetworkSchema {
    static final Actions<NetworkAction> ACTIONS = Actions.<NetworkAction>none()
            .with("add-authority", AddAuthority.class, AddAuthority::read)
            .with("enroll-certificate", EnrollCertificate.class, EnrollCertificate::read)
            .with("propose", Propose.class, Propose::read)
            .with("restore-certificate", RestoreCertificate.class, RestoreCertificate::read)
            .with("retire-authority", RetireAuthority.class, RetireAuthority::read)
            .with("retire-node", RetireNode.class, RetireNode::read)
            .with("revoke-certificate", RevokeCertificate.class, RevokeCertificate::read)
            .with("suspend-certificate", SuspendCertificate.class, SuspendCertificate::read)
            .with("update-node", UpdateNode.class, UpdateNode::read)
            .with("update-organization", UpdateOrganization.class, UpdateOrganization::read)
            .with("vote", CastVote.class, CastVote::read)
            .with("withdraw", WithdrawProposal.class, WithdrawProposal::read);

    private NetworkSchema() {}
}
