package health.salus.cli.access;

import health.salus.contracts.access.AccessAction;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus revoke} */
@Command(
        name = "revoke",
        description = "Take back what was asked or allowed, as the patient or a substitute.",
        footer = "salus revoke --grant HANDLE --keystore patient.p12 --password-file password")
public final class RevokeCommand extends GrantDecisionCommand {
    @Override
    AccessAction action(Handle grant) {
        return new AccessAction.Revoke(grant);
    }

    @Override
    String done() {
        return "revoked";
    }
}
