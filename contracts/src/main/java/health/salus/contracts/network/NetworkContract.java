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
import health.salus.contracts.rule.TypedContract;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.List;

/**
 * Membership and its governance. The voters' admins propose and vote who is a member, how many nodes must cosign, and
 * which contracts are in force ({@link Change}, {@link Electorate}); every organization looks after its own certificates
 * and its node, by its CA keys or by certificates with the role admin. Effects hold from the next transaction on.
 */
public final class NetworkContract extends TypedContract<NetworkAction> {
    /** Its name. */
    public static final String NAME = "network";

    public NetworkContract() {
        super(NAME, 1, NetworkSchema.ACTIONS);
    }

    @Override
    protected List<Event> apply(NetworkAction action, Call call, WorldState state) {
        return switch (action) {
            case Propose(Change change, Instant expires) ->
                Proposals.of(call, state).propose(change, expires);
            case CastVote(Sha256 id, Vote vote) -> Proposals.of(call, state).vote(id, vote);
            case WithdrawProposal(Sha256 id) -> Proposals.of(call, state).withdraw(id);
            case UpdateOrganization update ->
                List.of(OwnOrganization.of(call, state).update(update));
            case UpdateNode(Node node) ->
                List.of(OwnOrganization.of(call, state).updateNode(node));
            case RetireNode() -> List.of(OwnOrganization.of(call, state).retireNode());
            case AddAuthority(P256PublicKey key) ->
                List.of(OwnOrganization.of(call, state).addAuthority(key));
            case RetireAuthority(Sha256 kid) ->
                List.of(OwnOrganization.of(call, state).retireAuthority(kid));
            case EnrollCertificate enroll ->
                List.of(OwnOrganization.of(call, state).enroll(enroll));
            case RevokeCertificate(Sha256 kid, RevocationReason reason) ->
                List.of(OwnOrganization.of(call, state).revoke(kid, reason));
            case SuspendCertificate(Sha256 kid) ->
                List.of(OwnOrganization.of(call, state).suspend(kid));
            case RestoreCertificate(Sha256 kid) ->
                List.of(OwnOrganization.of(call, state).restore(kid));
        };
    }
}
