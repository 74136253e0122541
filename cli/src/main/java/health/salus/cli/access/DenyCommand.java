package health.salus.cli.access;

import health.salus.contracts.access.AccessAction;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus deny} */
@Command(
        name = "deny",
        description = "Refuse what an organization asked, as the patient or a substitute.",
        footer = "salus deny --grant HANDLE --keystore patient.p12 --password-file password")
public final class DenyCommand extends GrantDecisionCommand {
    @Override
    AccessAction action(Handle grant) {
        return new AccessAction.Deny(grant);
    }

    @Override
    String done() {
        return "denied";
    }
}
