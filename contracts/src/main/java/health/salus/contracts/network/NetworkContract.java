package health.salus.contracts.network;

import health.salus.contracts.network.ContractActivations.Activation;
import health.salus.contracts.network.NetworkAction.ActivateContract;
import health.salus.contracts.network.NetworkAction.AddAuthority;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RestoreOrganization;
import health.salus.contracts.network.NetworkAction.RetireAuthority;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.NetworkAction.SuspendOrganization;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.rule.TypedContract;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.util.List;

/**
 * Membership. The founder's admins take organizations in and suspend them; every organization looks after its own
 * certificates, by its CA keys or by certificates with the role admin. Effects hold from the next transaction on.
 */
public final class NetworkContract extends TypedContract<NetworkAction> {
    /** Its name. */
    public static final String NAME = "network";

    public NetworkContract() {
        super(NAME, 1, NetworkSchema.ACTIONS);
    }

    @Override
    protected List<Event> apply(NetworkAction action, Call call, WorldState state) {
        return List.of(
                switch (action) {
                    case AdmitOrganization admit -> Governance.of(call, state).admit(admit);
                    case SuspendOrganization(String id) ->
                        Governance.of(call, state).suspend(id);
                    case RestoreOrganization(String id) ->
                        Governance.of(call, state).restore(id);
                    case ActivateContract(String name, int version, long height) ->
                        Governance.of(call, state).activate(name, new Activation(height, version));
                    case UpdateOrganization update ->
                        OwnOrganization.of(call, state).update(update);
                    case AddAuthority(P256PublicKey key) ->
                        OwnOrganization.of(call, state).addAuthority(key);
                    case RetireAuthority(Sha256 kid) ->
                        OwnOrganization.of(call, state).retireAuthority(kid);
                    case EnrollCertificate enroll ->
                        OwnOrganization.of(call, state).enroll(enroll);
                    case RevokeCertificate(Sha256 kid, RevocationReason reason) ->
                        OwnOrganization.of(call, state).revoke(kid, reason);
                    case SuspendCertificate(Sha256 kid) ->
                        OwnOrganization.of(call, state).suspend(kid);
                    case RestoreCertificate(Sha256 kid) ->
                        OwnOrganization.of(call, state).restore(kid);
                });
    }
}
