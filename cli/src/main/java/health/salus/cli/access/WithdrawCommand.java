package health.salus.cli.access;

import health.salus.contracts.access.AccessAction;
import health.salus.identity.Handle;
import picocli.CommandLine.Command;

/** {@code salus withdraw} */
@Command(
        name = "withdraw",
        description = "Give up what was asked or allowed, as the organization that asked.",
        footer = "salus withdraw --grant HANDLE --keystore clinic/alice.p12 --password-file clinic/password")
public final class WithdrawCommand extends GrantDecisionCommand {
    @Override
    AccessAction action(Handle grant) {
        return new AccessAction.Withdraw(grant);
    }

    @Override
    String done() {
        return "withdrew";
    }
}
