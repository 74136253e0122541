package health.salus.contracts.network;

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
import health.salus.contracts.rule.Actions;

/** The actions of the contract {@code network} by name; the names stay. */
final class NetworkSchema {
    static final Actions<NetworkAction> ACTIONS = Actions.<NetworkAction>none()
            .with("activate-contract", ActivateContract.class, ActivateContract::read)
            .with("add-authority", AddAuthority.class, AddAuthority::read)
            .with("admit-organization", AdmitOrganization.class, AdmitOrganization::read)
            .with("enroll-certificate", EnrollCertificate.class, EnrollCertificate::read)
            .with("restore-certificate", RestoreCertificate.class, RestoreCertificate::read)
            .with("restore-organization", RestoreOrganization.class, RestoreOrganization::read)
            .with("retire-authority", RetireAuthority.class, RetireAuthority::read)
            .with("revoke-certificate", RevokeCertificate.class, RevokeCertificate::read)
            .with("suspend-certificate", SuspendCertificate.class, SuspendCertificate::read)
            .with("suspend-organization", SuspendOrganization.class, SuspendOrganization::read)
            .with("update-organization", UpdateOrganization.class, UpdateOrganization::read);

    private NetworkSchema() {}
}
